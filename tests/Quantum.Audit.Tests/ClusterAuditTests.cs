using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>A cluster of three masters and three replicas, and a master with a replica that loses it.</summary>
public sealed class ClusterAuditTests
{
    private static readonly string[] s_names = ["a", "b", "c", "d", "e", "f"];

    [Fact]
    public void A_cluster_is_followed_over_all_masters_from_any_node_and_says_what_it_lost()
    {
        using var cluster = RedisCluster.Start(masters: 3, replicas: 3);
        // Six streams, two for each master; every group has lost something that only its own node can tell.
        foreach (var name in s_names) Fill(cluster, name);
        foreach (var node in cluster.Nodes) Same(SightWorld.Look(node.ConnectionString), cluster);
        WithoutTheMap(cluster);
        WithoutOneAnswer(cluster);
        cluster.Nodes[2].Kill();
        var report = SightWorld.Look(cluster.Nodes[0].ConnectionString);
        Assert.Equal(AuditVerdict.NotAllSeen, report.Verdict);
        Assert.Contains($"127.0.0.1:{cluster.Nodes[2].Port}",
            Assert.Single(report.Findings, f => f.Code == FindingCodes.NodeAway).Text, StringComparison.Ordinal);
        // Its replica takes over: everything is seen again, and the dead node is still told.
        Eventually.True(() => SightWorld.Look(cluster.Nodes[0].ConnectionString).Streams.Count == s_names.Length);
        report = SightWorld.Look(cluster.Nodes[0].ConnectionString);
        Assert.Equal(
            Severity.Warning, Assert.Single(report.Findings, f => f.Code == FindingCodes.NodeAway).Severity);
    }

    [Fact]
    public void A_replica_is_read_and_mended_at_its_master_and_tells_when_it_lost_it()
    {
        using var master = RedisServer.Start();
        using var replica = RedisServer.Start(new RedisServerOptions
        {
            Arguments = ["--replicaof", "127.0.0.1", $"{master.Port}", "--repl-diskless-sync-delay", "0"],
        });
        RedisCluster.Ask(master, "XGROUP", "CREATE", "s", "g", "0", "MKSTREAM");
        RedisCluster.Ask(master, "XGROUP", "CREATECONSUMER", "s", "g", "dead");
        RedisCluster.Ask(master, "XADD", "s", "*", "a", "1");
        Eventually.True(() => RedisCluster.Ask(replica, "XLEN", "s") == "1");
        var report = SightWorld.Look(replica.ConnectionString);
        Assert.Equal((RedisKind.Replica, $"127.0.0.1:{master.Port}"), (report.Redis.Kind, report.Redis.Master));
        Assert.True(report.IsWhole);
        Shell.Run(Assert.Single(report.Findings, f => f.Code == FindingCodes.Stale).Mend);
        Eventually.True(() =>
            SightWorld.Look(replica.ConnectionString).Streams.Single().Groups.Single().Consumers == 0);

        master.Kill();
        Eventually.True(() => !SightWorld.Look(replica.ConnectionString).Redis.IsMasterLinkUp);
        Assert.Equal(AuditVerdict.NotAllSeen, SightWorld.Look(replica.ConnectionString).Verdict);
        RedisCluster.Ask(replica, "CONFIG", "SET", "replica-serve-stale-data", "no");
        report = SightWorld.Look(replica.ConnectionString);
        Assert.Contains(report.Findings, f =>
            f.Code == FindingCodes.CouldNotAsk && f.Text.Contains("MASTERDOWN", StringComparison.Ordinal));
        Assert.False(report.IsHealthy);
    }

    [Fact]
    public void Slots_are_those_of_the_cluster()
    {
        // From the cluster specification and CLUSTER KEYSLOT.
        Assert.Equal(12739, RespSlot.Of("123456789"u8));
        Assert.Equal(RespSlot.Of("user1000"u8), RespSlot.Of("{user1000}.following"u8));
        Assert.Equal(RespSlot.Of("{bar"u8), RespSlot.Of("foo{{bar}}zap"u8));
        Assert.NotEqual(RespSlot.Of("bar"u8), RespSlot.Of("foo{}{bar}"u8));
        Assert.Equal(0, RespSlot.Of(""u8));
    }

    [Theory]
    [InlineData("0f 127.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-5 7 [8->-af]", "127.0.0.1:7000", 7, false)]
    [InlineData("0f [::1]:7000@17000 master,fail - 0 0 1 disconnected 9", "[::1]:7000", 1, true)]
    [InlineData("0f :7000@17000,host.name slave 1a 0 0 1 connected", "asked:7000", 0, false)]
    [InlineData("0f :0@0 master,noaddr - 0 0 1 disconnected 1-2", "asked:0", 2, true)]
    public void Every_form_of_a_node_is_read(string line, string address, int slots, bool isFailed)
    {
        var node = Assert.Single(ClusterNode.Read(line + "\n", "asked"));
        Assert.Equal((address, slots, isFailed), (node.Address, node.SlotCount, node.IsFailed));
    }

    private static void Same(AuditReport report, RedisCluster cluster)
    {
        Assert.Equal(RedisKind.Cluster, report.Redis.Kind);
        Assert.Equal((3, 3), (report.Redis.Nodes.Count(n => n.IsMaster), report.Redis.Nodes.Count(n => !n.IsMaster)));
        Assert.Equal(s_names, report.Streams.Select(stream => stream.Name));
        Assert.Equal(
            cluster.Nodes.Take(3).Select(node => $"127.0.0.1:{node.Port}").Order(),
            report.Streams.Select(stream => stream.Node!).Distinct().Order());
        var lost = report.Findings.Where(f => f.Code == FindingCodes.DestroyedPending).ToList();
        Assert.Equal(s_names, lost.Select(finding => finding.Stream!).Order());
        Assert.All(lost, finding => Assert.Equal(2, finding.Count));
        Assert.True(report.IsWhole);
        // Wherever redis-cli is sent, it finds the key's own node.
        var mend = lost[0].Mend[lost[0].Mend.IndexOf("redis-cli", StringComparison.Ordinal)..];
        Assert.Contains("2", Shell.Run(mend), StringComparison.Ordinal);
        Fill(cluster, lost[0].Stream!);
    }

    private static void WithoutTheMap(RedisCluster cluster)
    {
        var node = cluster.Nodes[0];
        RedisCluster.Ask(node, "ACL", "SETUSER", "u", "on", ">p", "~*", "+@all", "-cluster|nodes");
        var report = SightWorld.Look($"{node.ConnectionString},user=u,password=p");
        Assert.Equal(AuditVerdict.NotAllSeen, report.Verdict);
        var unanswered = report.Findings.Where(f => f.Code == FindingCodes.CouldNotAsk).ToList();
        Assert.Contains(
            unanswered, f => f.Text.StartsWith("CLUSTER NODES was not answered: NOPERM", StringComparison.Ordinal));
        Assert.Contains(unanswered, f => f.Text.Contains("MOVED", StringComparison.Ordinal));
    }

    private static void WithoutOneAnswer(RedisCluster cluster)
    {
        foreach (var node in cluster.Nodes)
            RedisCluster.Ask(node, "ACL", "SETUSER", "u", "reset", "on", ">p", "~*", "+@all");
        RedisCluster.Ask(cluster.Nodes[1], "ACL", "SETUSER", "u", "-scan");
        var report = SightWorld.Look($"{cluster.Nodes[0].ConnectionString},user=u,password=p");
        Assert.Contains($"SCAN was not answered at 127.0.0.1:{cluster.Nodes[1].Port}: NOPERM",
            Assert.Single(report.Findings, f => f.Code == FindingCodes.CouldNotAsk).Text, StringComparison.Ordinal);
        var all = SightWorld.Look(cluster.Nodes[0].ConnectionString).Streams;
        Assert.Equal(
            all.Where(stream => stream.Node != $"127.0.0.1:{cluster.Nodes[1].Port}").Select(stream => stream.Name),
            report.Streams.Select(stream => stream.Name));
    }

    /// <summary>Two entries delivered and trimmed away.</summary>
    private static void Fill(RedisCluster cluster, string name)
    {
        Ask("DEL", name);
        Ask("XGROUP", "CREATE", name, "g", "0", "MKSTREAM");
        Ask("XADD", name, "1-1", "a", "1");
        Ask("XADD", name, "2-1", "a", "1");
        Ask("XREADGROUP", "GROUP", "g", "c", "STREAMS", name, ">");
        Ask("XTRIM", name, "MAXLEN", "0");
        void Ask(params string[] command) => RedisCluster.Ask(cluster.Nodes[0], ["-c", .. command]);
    }
}
