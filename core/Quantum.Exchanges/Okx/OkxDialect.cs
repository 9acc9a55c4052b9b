using Microsoft.Extensions.Logging;
using Quantum.Exchanges.Quotes;

namespace Quantum.Exchanges.Okx;

/// <summary>
/// OKX's v5 public stream: <c>tickers</c> with the best prices, and <c>funding-rate</c> with the instants between which
/// the rate holds. Pings are plain text.
/// </summary>
internal sealed class OkxDialect(VenueNames names, Action<long, ExchangeRaw> tell, ILogger log) : IStreamDialect
{
    private const string Tickers = "tickers";
    private const string Funding = "funding-rate";
    private const double MsPerHour = 3_600_000;

    private static readonly byte[] s_ping = "ping"u8.ToArray();

    private readonly Dictionary<string, VenueTicker> _tickers = new(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Ping => s_ping;

    public string? Unanswered => names.Unanswered;

    public IEnumerable<byte[]> Open() => names.Begin().Select(Subscribe);

    public Heard Hear(ReadOnlyMemory<byte> frame)
    {
        if (frame.Span.SequenceEqual("pong"u8)) return new Heard(HeardKind.Pong);
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        if (!root.TryGetProperty("event", out var told)) return Push(root);
        return told.GetString() switch
        {
            "subscribe" => Taken(root.GetProperty("arg")),
            "error" => Refused(root),
            // The venue ends the connection within a minute, for an upgrade: better at once.
            "notice" => new Heard(HeardKind.Fault, $"the venue says: {Text(root, "msg")}"),
            "channel-conn-count" => new Heard(HeardKind.Other),
            _ => new Heard(HeardKind.Fault, $"not understood: {root}"),
        };
    }

    private static byte[] Subscribe(VenueName name) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        op = "subscribe",
        args = new[] { new { channel = Tickers, instId = name.Name }, new { channel = Funding, instId = name.Name } },
    });

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private Heard Taken(JsonElement argument)
    {
        if (Text(argument, "channel") == Tickers && names.Find(Text(argument, "instId")) is { } name) names.Take(name);
        return new Heard(HeardKind.Other);
    }

    // One error comes for each of the two channels; the first one that names the instrument is enough.
    private Heard Refused(JsonElement root)
    {
        var words = Text(root, "msg");
        var name = names.FindIn(words);
        var isOfFunding = words.Contains(Funding, StringComparison.Ordinal);
        if (name is null)
        {
            return isOfFunding
                ? new Heard(HeardKind.Other)
                : new Heard(HeardKind.Fault, $"error {Text(root, "code")}: {words}");
        }

        if (isOfFunding)
        {
            log.LogWarning("{Venue}: no funding of {Name}: {Words}", OkxQuotes.VenueCalled, name.Name, words);
            return new Heard(HeardKind.Other);
        }

        var next = names.Refuse(name, words);
        return new Heard(HeardKind.Other, Reply: next is null ? null : Subscribe(next));
    }

    private Heard Push(JsonElement root)
    {
        var argument = root.GetProperty("arg");
        var (channel, instrument) = (Text(argument, "channel"), Text(argument, "instId"));
        if (channel is not (Tickers or Funding) || names.Find(instrument) is not { } name)
            return new Heard(HeardKind.Fault, $"{channel} of {instrument} was not asked for");
        if (!_tickers.TryGetValue(instrument, out var ticker))
            _tickers[instrument] = ticker = new VenueTicker(OkxQuotes.VenueCalled, name, log);
        var kind = HeardKind.Other;
        foreach (var row in root.GetProperty("data").EnumerateArray())
        {
            if (channel == Funding) SetFunding(ticker, row);
            else if (Tell(name, ticker, row)) kind = HeardKind.Quote;
        }

        return new Heard(kind);
    }

    private bool Tell(VenueName name, VenueTicker ticker, JsonElement row)
    {
        names.Take(name);
        ticker.Bid = VenueTicker.Number(row.GetProperty("bidPx"));
        ticker.Ask = VenueTicker.Number(row.GetProperty("askPx"));
        ticker.Last = VenueTicker.Number(row.GetProperty("last"));
        if (ticker.Quote() is not { } quote) return false;
        tell(TimeOf(row, "ts") ?? throw new FormatException("a ticker without its time"), quote);
        return true;
    }

    // The rate holds for what ends at fundingTime; where its begin is not told, the next interval stands for it.
    private static void SetFunding(VenueTicker ticker, JsonElement row)
    {
        ticker.FundingRate = VenueTicker.Number(row.GetProperty("fundingRate"));
        var (begin, end) = (TimeOf(row, "prevFundingTime"), TimeOf(row, "fundingTime"));
        var next = TimeOf(row, "nextFundingTime");
        ticker.FundingHours = (end - begin ?? next - end) / MsPerHour;
    }

    private static long? TimeOf(JsonElement row, string property) => Text(row, property) is { Length: > 0 } text
        ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : null;
}
