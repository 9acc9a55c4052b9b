using Microsoft.Extensions.Logging;
using Quantum.Exchanges.Quotes;

namespace Quantum.Exchanges.Bybit;

/// <summary>
/// Bybit's v5 public stream: <c>tickers.SYMBOL</c> begins with a snapshot, then only what changed is told. One topic is
/// asked for at a time, because one that does not exist spoils all that are asked for with it.
/// </summary>
internal sealed class BybitDialect(VenueNames names, Action<long, ExchangeRaw> tell, ILogger log) : IStreamDialect
{
    private const string Prefix = "tickers.";
    private const string Again = "already subscribed";

    private static readonly byte[] s_ping = """{"op":"ping"}"""u8.ToArray();

    private readonly Dictionary<string, VenueTicker> _tickers = new(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Ping => s_ping;

    public string? Unanswered => names.Unanswered;

    public IEnumerable<byte[]> Open() => names.Begin().Select(Subscribe);

    public Heard Hear(ReadOnlyMemory<byte> frame)
    {
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        if (root.TryGetProperty("topic", out var topic)) return Ticker(topic.GetString()!, root);
        var operation = Text(root, "op");
        if (operation == "pong" || (operation == "ping" && Text(root, "ret_msg") == "pong"))
            return new Heard(HeardKind.Pong);
        return operation == "subscribe" ? Answer(root) : new Heard(HeardKind.Fault, $"not understood: {root}");
    }

    private static byte[] Subscribe(VenueName name) => JsonSerializer.SerializeToUtf8Bytes(
        new { req_id = Prefix + name.Name, op = "subscribe", args = new[] { Prefix + name.Name } });

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private Heard Answer(JsonElement root)
    {
        var (words, id) = (Text(root, "ret_msg"), Text(root, "req_id"));
        var isTaken = root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True
            || words.Contains(Again, StringComparison.Ordinal);
        var name = id.StartsWith(Prefix, StringComparison.Ordinal)
            ? names.Find(id[Prefix.Length..])
            : names.FindIn(words);
        if (name is null)
            return new Heard(isTaken ? HeardKind.Other : HeardKind.Fault, $"a subscription was refused: {words}");
        if (!isTaken)
        {
            var next = names.Refuse(name, words);
            return new Heard(HeardKind.Other, Reply: next is null ? null : Subscribe(next));
        }

        names.Take(name);
        return new Heard(HeardKind.Other);
    }

    private Heard Ticker(string topic, JsonElement root)
    {
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal) || names.Find(topic[Prefix.Length..]) is not { } name)
            return new Heard(HeardKind.Fault, $"the topic {topic} was not asked for");
        names.Take(name);
        var data = root.GetProperty("data");
        if (Text(root, "type") == "snapshot")
            _tickers[name.Name] = new VenueTicker(BybitQuotes.VenueCalled, name, log);
        else if (!_tickers.ContainsKey(name.Name))
            return new Heard(HeardKind.Fault, $"a change of {name.Name} before its snapshot");
        var ticker = _tickers[name.Name];
        foreach (var field in data.EnumerateObject()) Set(ticker, field);
        if (ticker.Quote() is not { } quote) return new Heard(HeardKind.Other);
        tell(root.GetProperty("ts").GetInt64(), quote);
        return new Heard(HeardKind.Quote);
    }

    // What is not told has not changed.
    private static void Set(VenueTicker ticker, JsonProperty field)
    {
        switch (field.Name)
        {
            case "bid1Price":
                ticker.Bid = VenueTicker.Number(field.Value);
                break;
            case "ask1Price":
                ticker.Ask = VenueTicker.Number(field.Value);
                break;
            case "lastPrice":
                ticker.Last = VenueTicker.Number(field.Value);
                break;
            case "fundingRate":
                ticker.FundingRate = VenueTicker.Number(field.Value);
                break;
            case "fundingIntervalHour":
                ticker.FundingHours = (double?)VenueTicker.Number(field.Value);
                break;
        }
    }
}
