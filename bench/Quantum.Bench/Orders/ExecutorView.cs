using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Resp;

namespace Quantum.Bench.Orders;

/// <summary>What the executor commands, tells and remembers, as it stands in Redis. For one thread.</summary>
internal sealed class ExecutorView(RespClient redis)
{
    private const string StateKey = "quantum:state:executor";
    private const string OpenKey = "quantum:venue:open";

    private readonly StreamEnd _resultStream = new(redis, StreamCatalog.ExecutionResult.Key);
    private readonly StreamEnd _commandStream = new(redis, StreamCatalog.OrderCommand.Key);
    private readonly List<ToldResult> _results = [];
    private readonly Dictionary<string, CommandedOrder> _commanded = new(StringComparer.Ordinal);

    /// <summary>Every result that was read.</summary>
    public IReadOnlyList<ToldResult> Results => _results;

    /// <summary>Every order that was commanded, by its client id.</summary>
    public IReadOnlyDictionary<string, CommandedOrder> Commanded => _commanded;

    /// <summary>Reads what is new; gives the new results.</summary>
    public IReadOnlyList<ToldResult> Read()
    {
        foreach (var entry in _commandStream.News())
        {
            if (entry["action"] != "place") continue;
            var id = entry["client_order_id"];
            _commanded.TryAdd(id, new CommandedOrder(id, entry["intent_id"], entry["purpose"]));
        }

        var known = _results.Count;
        _results.AddRange(_resultStream.News().Select(ToldResult.Of));
        return _results[known..];
    }

    /// <summary>True once the account was compared with the venue.</summary>
    public bool IsCompared() => State().GetValueOrDefault("venue") is { } venue
        && Json(venue).TryGetProperty("at_ms", out var atMs) && atMs.GetInt64() > 0;

    /// <summary>Signed base quantity by symbol as the executor remembers it; none of 0.</summary>
    public Dictionary<string, decimal> Remembered()
    {
        var held = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (field, value) in State())
        {
            if (!field.StartsWith("symbol/", StringComparison.Ordinal)) continue;
            if (!Json(value).TryGetProperty("position", out var position)) continue;
            var quantity = position.GetProperty("net").GetProperty("quantity");
            held[field["symbol/".Length..]] = quantity.ValueKind == JsonValueKind.String
                ? decimal.Parse(quantity.GetString()!, CultureInfo.InvariantCulture)
                : quantity.GetDecimal();
        }

        return held;
    }

    /// <summary>Client ids of which nobody knows whether the venue has them.</summary>
    public List<string> Open() => redis.Execute(connection =>
    {
        var reply = connection.Call("SMEMBERS", OpenKey);
        reply.ThrowIfError();
        var members = new List<string>();
        for (var left = reply.ReadArray(); left > 0; left--) members.Add(reply.ReadString());
        return members;
    });

    /// <summary>True when venue and executor hold nothing and nothing is under way.</summary>
    public bool IsEven(VenueTruth live) =>
        live.Positions.Count == 0 && live.Orders.Count == 0 && Remembered().Count == 0 && Open().Count == 0;

    private Dictionary<string, string> State() => redis.Execute(connection =>
    {
        var reply = connection.Call("HGETALL", StateKey);
        reply.ThrowIfError();
        return reply.ReadFields();
    });

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
