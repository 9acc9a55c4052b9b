using System.Text.RegularExpressions;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>
/// Case audit-forbidden-looks-healthy and its kind: what could not be asked is told, whatever was asked and whichever
/// error came, and seeing nothing is no health.
/// </summary>
public sealed partial class SightTests(SightWorld world) : IClassFixture<SightWorld>
{
    /// <summary>Derived from the code, so that a new command is covered: see the test on commandstats.</summary>
    public static TheoryData<string> Commands =>
        [.. AuditCommand.All.Where(command => command != AuditCommand.Cluster).Select(command => command.AclName)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_user_who_lacks_one_command_gets_a_finding_that_names_it(string command)
    {
        var report = SightWorld.Look(world.UserWithout(command));
        Assert.False(report.IsHealthy);
        Assert.NotEqual(AuditVerdict.Healthy, report.Verdict);
        var finding = Assert.Single(report.Findings, f => f.Code == FindingCodes.CouldNotAsk);
        Assert.Contains("NOPERM", finding.Text, StringComparison.Ordinal);
        Assert.StartsWith(command.Replace('|', ' ').ToUpperInvariant(), finding.Text, StringComparison.Ordinal);
        // What it names is all that it takes.
        Shell.Run(finding.Mend[finding.Mend.IndexOf("redis-cli", StringComparison.Ordinal)..]);
        Assert.True(SightWorld.Look($"{world.Server.ConnectionString},user=u,password=p").IsWhole);
    }

    [Fact]
    public void No_command_is_sent_that_is_not_in_the_list()
    {
        world.Ask("CONFIG", "RESETSTAT");
        Assert.True(SightWorld.Look(world.Server.ConnectionString).IsWhole);
        var sent = Sent().Matches(world.Text("INFO", "commandstats")).Select(match => match.Groups[1].Value);
        string[] wanted =
        [
            .. AuditCommand.All.Where(c => c != AuditCommand.Cluster).Select(c => c.AclName).Distinct().Order(),
        ];
        string[] comforts = ["client|setname", "client|id", "ping", "config|resetstat"];
        Assert.Equal(wanted, sent.Except(comforts).Order());
    }

    [Fact]
    public void A_renamed_command_is_one_that_the_server_does_not_have()
    {
        using var server = RedisServer.Start(
            new RedisServerOptions { Arguments = ["--rename-command", "XINFO", "HIDDEN"] });
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString)))
            connection.Call("XADD", "s", "*", "a", "b").ThrowIfError();
        var report = SightWorld.Look(server.ConnectionString);
        Assert.Equal(AuditVerdict.NotAllSeen, report.Verdict);
        var finding = report.Findings.First(f => f.Code == FindingCodes.CouldNotAsk);
        Assert.Contains("unknown command", finding.Text, StringComparison.Ordinal);
        Assert.Contains("rename-command", finding.Mend, StringComparison.Ordinal);
        Assert.Equal(StreamVerdict.CouldNotAsk, report.Streams.Single().Verdict);
    }

    [Theory]
    [InlineData("NOPERM this user has no permissions to run the 'xinfo' command")]
    [InlineData("NOPERM this user has no permissions to access one of the keys used as arguments")]
    [InlineData("MOVED 3999 127.0.0.1:6381")]
    [InlineData("ASK 3999 127.0.0.1:6381")]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot")]
    [InlineData("CLUSTERDOWN The cluster is down")]
    [InlineData("LOADING Redis is loading the dataset in memory")]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.")]
    [InlineData("BUSY Redis is busy running a script.")]
    [InlineData("NOAUTH Authentication required.")]
    [InlineData("MISCONF Redis is configured to save RDB snapshots")]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.")]
    [InlineData("ERR unknown command 'XINFO'")]
    [InlineData("ERR anything at all")]
    [InlineData("NEWWORD of a later server")]
    public void Every_error_is_told_by_its_name(string error)
    {
        var report = Answered("-" + error + "\r\n");
        Assert.False(report.IsHealthy);
        Assert.Equal(StreamVerdict.CouldNotAsk, report.Streams.Single().Verdict);
        var finding = report.Findings.First(f => f.Code == FindingCodes.CouldNotAsk);
        Assert.Contains(error.TrimEnd('.'), finding.Text, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Mend);
    }

    [Fact]
    public void Only_no_such_key_means_that_it_is_not_there()
    {
        var report = Answered("-ERR no such key\r\n");
        Assert.Empty(report.Streams);
        Assert.Empty(report.Unanswered);
    }

    [Fact]
    public void Without_xpending_a_stuck_group_is_not_called_active()
    {
        var streams = SightWorld.Look(world.UserWithout("xpending")).Streams;
        var group = Assert.Single(Assert.Single(streams, s => s.Name == StreamCatalog.TradeIntent.Key).Groups);
        Assert.NotEqual(Verdict.Active, group.Verdict);
        Assert.NotEqual(Verdict.Idle, group.Verdict);
    }

    [Fact]
    public void Nobody_is_called_dead_while_it_cannot_be_asked_who_lives()
    {
        foreach (var command in (string[])["zrange", "hget"])
        {
            var report = SightWorld.Look(world.UserWithout(command));
            Assert.DoesNotContain(report.Findings, f => f.Code is FindingCodes.NoActiveConsumer or FindingCodes.Stale);
            Assert.Contains(report.Streams.SelectMany(s => s.Groups), g => g.Verdict == Verdict.Unknown);
        }
    }

    [Theory]
    [InlineData(0, 3, "defaultDatabase=3")]
    [InlineData(3, 0, "defaultDatabase=0")]
    public void Keys_in_another_database_are_named(int looked, int filled, string mend)
    {
        using var server = RedisServer.Start();
        var there = $"{server.ConnectionString},defaultDatabase={filled}";
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(there)))
            connection.Call("XADD", "s", "*", "a", "b").ThrowIfError();
        var report = SightWorld.Look($"{server.ConnectionString},defaultDatabase={looked}");
        Assert.Equal(AuditVerdict.NothingSeen, report.Verdict);
        var finding = Assert.Single(report.Findings, f => f.Code == FindingCodes.NothingSeen);
        Assert.Contains($"database {filled} (1)", finding.Text, StringComparison.Ordinal);
        Assert.EndsWith(mend, finding.Mend, StringComparison.Ordinal);
        Assert.Equal("s", SightWorld.Look(there).Streams.Single().Name);
    }

    [Fact]
    public void Keys_of_other_types_are_no_streams()
    {
        using var server = RedisServer.Start();
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString)))
            connection.Call("SET", "k", "v").ThrowIfError();
        var finding = Assert.Single(
            SightWorld.Look(server.ConnectionString).Findings, f => f.Code == FindingCodes.NothingSeen);
        Assert.Contains("1 keys of other types", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Sentinel_is_named_with_what_it_watches()
    {
        using var master = RedisServer.Start();
        var file = Path.Combine(master.Folder, "sentinel.conf");
        File.WriteAllText(file, $"sentinel monitor mymaster 127.0.0.1 {master.Port} 1\n");
        using var sentinel = RedisServer.StartSentinel(file);
        var error = Assert.Throws<WrongServerException>(() => SightWorld.Look(sentinel.ConnectionString));
        Assert.Contains("Sentinel", error.Message, StringComparison.Ordinal);
        Assert.Contains($"mymaster at 127.0.0.1:{master.Port}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A look at a server with one stream, which answers questions about it so.</summary>
    private static AuditReport Answered(string answer)
    {
        using var fake = new FakeRedis(command => command[0] switch
        {
            "TIME" => "*2\r\n$10\r\n1766219478\r\n$1\r\n0\r\n",
            "INFO" => "$30\r\nredis_version:7\r\naof_enabled:1\r\n",
            "SLOWLOG" or "HGETALL" or "ZRANGE" => "*0\r\n",
            "HGET" => "$-1\r\n",
            "TYPE" => "+none\r\n",
            "SCAN" => "*2\r\n$1\r\n0\r\n*1\r\n$1\r\ns\r\n",
            "XINFO" => answer,
            _ => "",
        });
        return SightWorld.Look(fake.ConnectionString);
    }

    [GeneratedRegex(@"cmdstat_([^:]+):")]
    private static partial Regex Sent();
}
