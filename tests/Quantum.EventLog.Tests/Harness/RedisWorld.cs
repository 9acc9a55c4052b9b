using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Harness;

/// <summary>A redis-server, a log on it, and looks into its keys.</summary>
internal sealed class RedisWorld : IDisposable
{
    private readonly RespEndpoint _endpoint;

    public RedisWorld(bool appendOnly = false, int shards = 1, Func<string, string, string>? alter = null)
    {
        Server = RedisServer.Start(new RedisServerOptions { AppendOnly = appendOnly });
        _endpoint = RespEndpoint.Parse(Server.ConnectionString);
        Scripts = new RedisScripts(alter);
        Keys = new LogKeys(shards);
        Log = OpenLog();
    }

    public RedisServer Server { get; }
    public RedisScripts Scripts { get; }
    public LogKeys Keys { get; }
    public RedisEventLog Log { get; }

    public static RunnerSettings Settings { get; } = new()
    {
        Mode = TradingMode.Sim, LeaseTtl = TimeSpan.FromSeconds(2), RetentionEvery = TimeSpan.FromMinutes(10),
        AdvanceEvery = TimeSpan.FromMilliseconds(50),
    };

    public RedisEventLog OpenLog() => new(_endpoint, Keys, Scripts);

    /// <summary>Asks the server over a connection of its own; waits out restarts.</summary>
    public T Ask<T>(Func<RespConnection, T> question)
    {
        using var client = new RespClient(_endpoint);
        return client.Execute(question);
    }

    public long Length(string key) => Ask(c => c.Call("XLEN", key).ReadInteger());

    public string? HashField(string key, string field) => Ask(c =>
    {
        var reply = c.Call("HGET", key, field);
        return reply.TryReadBytes(out var value) ? System.Text.Encoding.UTF8.GetString(value) : null;
    });

    /// <summary>Entries pending in the group; -1 while there is no group.</summary>
    public long Pending(string key, string group) => Ask(c =>
    {
        var reply = c.Call("XPENDING", key, group);
        if (reply.ErrorCode == RespErrorCode.NoGroup) return -1;
        reply.ReadArray();
        return reply.ReadInteger();
    });

    public Tally? TallyOf(RoleSeat seat, string field) =>
        HashField(Keys.State(seat), field) is { } json
            ? JsonSerializer.Deserialize<Tally>(json, Contracts.Wire.WireJson.Options) : null;

    /// <summary>All entries of a stream as field dictionaries.</summary>
    public List<Dictionary<string, string>> Entries(string key) => Ask(c =>
    {
        var reply = c.Call("XRANGE", key, "-", "+");
        var entries = new List<Dictionary<string, string>>();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            var id = reply.ReadString();
            entries.Add(new(reply.ReadFields()) { ["#id"] = id });
        }

        return entries;
    });

    public void Dispose()
    {
        Log.Dispose();
        Server.Dispose();
    }
}
