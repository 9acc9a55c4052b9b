using Quantum.Contracts.Catalog;
using Quantum.Audit;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>A server on which the audit has to ask everything that it can ask.</summary>
public sealed class SightWorld : IDisposable
{
    private static readonly string s_intents = StreamCatalog.TradeIntent.Key;
    private readonly RespConnection _connection;

    public SightWorld()
    {
        Server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        _connection = RespConnection.Connect(RespEndpoint.Parse(Server.ConnectionString));
        var group = StreamCatalog.GroupOf(RoleNames.Executor, "trade.intent");
        Ask("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "hash", LogKeys.HashName, "mode", "sim");
        Ask("XGROUP", "CREATE", s_intents, group, "0", "MKSTREAM");
        // Trimmed, with the position inside, entries pending and one deleted: every question has something to ask.
        for (var i = 1; i <= 9; i++) Ask("XADD", s_intents, $"{i}-1", "mode", "sim");
        Ask("XREADGROUP", "GROUP", group, "seat", "COUNT", "5", "STREAMS", s_intents, ">");
        Ask("XTRIM", s_intents, "MINID", "3-1");
        Ask("XDEL", s_intents, "4-1");
    }

    public RedisServer Server { get; }

    public void Ask(params string[] command) => _connection.Call(command).ThrowIfError();

    public string Text(params string[] command) => _connection.Call(command).ReadString();

    /// <summary>A user who may do everything but that.</summary>
    public string UserWithout(string command)
    {
        Ask("ACL", "SETUSER", "u", "reset", "on", ">p", "~*", "+@all", "-" + command);
        return $"{Server.ConnectionString},user=u,password=p";
    }

    /// <summary>A first look, with a short pause between its samples.</summary>
    internal static AuditReport Look(string connection)
    {
        var settings = new AuditSettings { BetweenLooks = TimeSpan.FromMilliseconds(20) };
        using var audit = new StreamAudit(RespEndpoint.Parse(connection), settings);
        return audit.Look();
    }

    public void Dispose()
    {
        _connection.Dispose();
        Server.Dispose();
    }
}
