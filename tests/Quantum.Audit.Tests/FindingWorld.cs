using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Audit;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>A Redis of its own in which something is wrong, the audit over it, and what its mend says to do.</summary>
internal sealed class FindingWorld : IDisposable
{
    public static readonly string Intents = StreamCatalog.TradeIntent.Key;
    public static readonly string Execution = StreamCatalog.GroupOf(RoleNames.Executor, "trade.intent");

    // Nobody reads here but the test: what does not move at once never will.
    private static readonly AuditSettings s_settings = new() { BetweenLooks = TimeSpan.FromMilliseconds(20) };

    private readonly RedisServer _server;
    private readonly RedisCluster? _cluster;
    private readonly RespConnection _connection;
    private readonly StreamAudit _audit;
    private RedisServer? _master;

    public FindingWorld(bool isCluster = false)
    {
        _cluster = isCluster ? RedisCluster.Start(masters: 2) : null;
        _server = _cluster?.Nodes[0] ?? RedisServer.Start(
            new RedisServerOptions { AppendOnly = true, Arguments = ["--enable-debug-command", "local"] });
        _master = _cluster?.Nodes[1];
        var endpoint = RespEndpoint.Parse(_server.ConnectionString);
        _connection = RespConnection.Connect(endpoint);
        _audit = new StreamAudit(endpoint, s_settings);
    }

    public string Folder => _server.Folder;

    public static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public AuditReport Look() => _audit.Look();

    /// <summary>The worst finding of a code, by an audit that has seen nothing before.</summary>
    public Finding Find(string code)
    {
        using var audit = new StreamAudit(RespEndpoint.Parse(_server.ConnectionString), s_settings);
        var found = audit.Look().Findings.FirstOrDefault(finding => finding.Code == code);
        Assert.True(found is not null, $"{code} was not found");
        return found;
    }

    public void Ask(params string[] command) => _connection.Call(command).ThrowIfError();

    public void Add(int count = 1, params string[] fields)
    {
        for (var i = 0; i < count; i++) Ask(["XADD", Intents, "*", .. fields.Length == 0 ? ["a", "b"] : fields]);
    }

    public void AddAt(long ms) => Ask("XADD", Intents, $"{ms}-0", "a", "b");

    public void Group() => Ask("XGROUP", "CREATE", Intents, Execution, "0", "MKSTREAM");

    public void Read(int count, string consumer = StreamConsumer.Name) => Ask(
        "XREADGROUP", "GROUP", Execution, consumer, "COUNT", Text(count), "STREAMS", Intents, ">");

    public void ReadAndForget(int count) => Ask(
        "XREADGROUP", "GROUP", Execution, StreamConsumer.Name, "COUNT", Text(count), "NOACK", "STREAMS", Intents, ">");

    public void Trim(int length) => Ask("XTRIM", Intents, "MAXLEN", Text(length));

    /// <summary>A system of ours in that mode, of which an executor lives.</summary>
    public void Mark(string mode = "sim")
    {
        Ask("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "hash", LogKeys.HashName, "mode", mode);
        Ask("ZADD", LogKeys.Members, Text(NowMs + 60_000), "executor/one");
    }

    /// <summary>The executor holds its lease.</summary>
    public void Lease() => Ask(
        "HSET", new LogKeys().Lease(new RoleSeat(RoleNames.Executor, 0)), "owner", "one", "epoch", "1",
        "until", Text(NowMs + 60_000));

    /// <summary>Makes it a replica, with its link up.</summary>
    public void FollowMaster()
    {
        _master = RedisServer.Start(new RedisServerOptions { Arguments = ["--repl-diskless-sync-delay", "0"] });
        Ask("REPLICAOF", "127.0.0.1", Text(_master.Port));
        Eventually.True(() => Server("master_link_status") == "up");
    }

    /// <summary>The other master is gone.</summary>
    public void LoseMaster()
    {
        _master!.Kill();
        if (_cluster is null) Eventually.True(() => Server("master_link_status") == "down");
    }

    public string Server(string field) =>
        _connection.ServerInfo().Split('\n').Single(line => line.StartsWith(field + ":", StringComparison.Ordinal))
            .Split(':')[1].Trim();

    /// <summary>Runs the redis-cli command at the mend's end, as a person's shell would.</summary>
    public static void RunMend(Finding finding)
    {
        var at = finding.Mend.LastIndexOf("redis-cli ", StringComparison.Ordinal);
        Assert.True(at >= 0, $"no redis-cli command in '{finding.Mend}'");
        Shell.Run(finding.Mend[at..]);
    }

    public void Dispose()
    {
        _audit.Dispose();
        _connection.Dispose();
        _master?.Dispose();
        _cluster?.Dispose();
        _server.Dispose();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
