using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Resp;
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
            var id = reply.ReadString();
            entries.Add(new(reply.ReadFields()) { ["#id"] = id });
        }

        return entries;
    }

    /// <summary>A hash; empty when there is none.</summary>
    public IReadOnlyDictionary<string, string> Hash(string key)
    {
        using var connection = RespConnection.Connect(_endpoint);
        return connection.Call("HGETALL", key).ReadFields();
    }

    /// <summary>A field of INFO; null when the section does not have it.</summary>
    public string? Info(string section, string field)
    {
        using var connection = RespConnection.Connect(_endpoint);
        return connection.Call("INFO", section).ReadString().Split('\n')
            .FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal))?[field.Length..].Trim();
    }

    /// <summary>Whether somebody waits for a replica at this moment.</summary>
    public bool IsWaiting()
    {
        using var connection = RespConnection.Connect(_endpoint);
        return connection.Call("CLIENT", "LIST").ReadString().Contains("cmd=wait", StringComparison.Ordinal);
    }

    /// <summary>How often the server was sent a command, for example <c>slowlog|get</c>.</summary>
    public long CallsOf(string command)
    {
        using var connection = RespConnection.Connect(_endpoint);
        var line = connection.Call("INFO", "commandstats").ReadString().Split('\n')
            .FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture);
    }
}
