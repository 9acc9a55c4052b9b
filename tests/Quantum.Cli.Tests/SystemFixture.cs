using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Cli.Tests;

/// <summary>A Redis that is marked as a system in mode sim, and ways to put things into it.</summary>
public sealed class SystemFixture : IDisposable
{
    private readonly RespConnection _connection;

    /// <summary>A mark with <paramref name="time"/> null is an older build's.</summary>
    public SystemFixture(bool isMarked = true, string? time = SystemTime.Real)
    {
        Server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        _connection = RespConnection.Connect(RespEndpoint.Parse(Server.ConnectionString));
        if (isMarked)
            Ask("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "hash", LogKeys.HashName, "mode", "sim");
        if (isMarked && time is not null) Ask("HSET", LogKeys.Topology, SystemTime.Field, time);
    }

    public RedisServer Server { get; }

    public void Ask(params string[] command) => _connection.Call(command).ThrowIfError();

    public string Add(string key, params string[] fields) => Text(["XADD", key, "*", .. fields]);

    public long Number(params string[] command) => _connection.Call(command).ReadInteger();

    public string Text(params string[] command) => _connection.Call(command).ReadString();

    internal CliRun Run(params string[] arguments) => CliRun.Of([.. arguments, "--redis", Server.ConnectionString]);

    public void Dispose()
    {
        _connection.Dispose();
        Server.Dispose();
    }
}
