using Quantum.Resp;

namespace Quantum.Console.Tests.Harness;

/// <summary>A Redis of one test's own, and what is put into it.</summary>
internal sealed class OwnRedis : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();

    public string Connection => _server.ConnectionString;

    public string Folder => _server.Folder;

    public void Call(params string[] command)
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(Connection));
        connection.Call(command).ThrowIfError();
    }

    public long Length(string key)
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(Connection));
        return connection.Call("XLEN", key).ReadInteger();
    }

    public void Account(long atMs, string equity) => Call(Entries.Account(atMs, equity));

    public void Trade(string id, long atMs, string pnl, string r) => Call(Entries.Trade(id, atMs, pnl, r));

    public void Dispose() => _server.Dispose();
}
