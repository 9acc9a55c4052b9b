using Quantum.Contracts.Catalog;
using Quantum.EventLog.Resp;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>A test's own way into Redis.</summary>
internal sealed class RedisEntries(RedisServer server)
{
    private readonly RespEndpoint _endpoint = RespEndpoint.Parse(server.ConnectionString);

    /// <summary>Calls one command.</summary>
    public void Call(params string[] command)
    {
        using var connection = RespConnection.Connect(_endpoint);
        connection.Call(command).ThrowIfError();
    }

    /// <summary>Every entry of a stream, oldest first, as field to text.</summary>
    public IReadOnlyList<Dictionary<string, string>> Of(EventStream stream)
    {
        using var connection = RespConnection.Connect(_endpoint);
        var reply = connection.Call("XRANGE", stream.Key, "-", "+");
        var entries = new List<Dictionary<string, string>>();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            var entry = new Dictionary<string, string> { ["#id"] = reply.ReadString() };
            for (var values = reply.ReadArray(); values > 0; values -= 2)
            {
                var name = reply.ReadString();
                entry[name] = reply.ReadString();
            }

            entries.Add(entry);
        }

        return entries;
    }
}
