using Quantum.Console.Live;

namespace Quantum.Console.Api;

/// <summary>Closed candles of a symbol.</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="Candles">Oldest first, each time once.</param>
internal sealed record CandlesShape(string Symbol, IReadOnlyList<CandleShape> Candles)
{
    // Entries read for each candle asked for: a stream holds every symbol's.
    private const int MostRead = 50_000;

    /// <summary>Out of the newest entries of <c>market.klines</c>; empty where none is of the symbol.</summary>
    public static CandlesShape Of(SystemRedis look, string symbol, int limit)
    {
        var regimes = RegimeBands.Of(look, symbol);
        return new CandlesShape(symbol,
        [
            .. look.Last(StreamCatalog.MarketKlines, MostRead).Where(entry => entry["symbol"] == symbol)
                .Select(entry => CandleShape.Of(entry, regimes)).OfType<CandleShape>()
                .DistinctBy(candle => candle.OpenTimeMs).Take(limit).OrderBy(candle => candle.OpenTimeMs),
        ]);
    }
}

/// <summary>A closed candle.</summary>
/// <param name="OpenTimeMs">Its start, UTC epoch ms.</param>
/// <param name="CloseTimeMs">Its end, UTC epoch ms.</param>
/// <param name="Open">First price, quote currency.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Base quantity traded, from 0.</param>
/// <param name="Regime">That was told when it ended: unknown, bull, bear, range, volatile or uncertain.</param>
internal sealed record CandleShape(
    long OpenTimeMs, long CloseTimeMs, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume,
    string Regime)
{
    /// <summary>Null for an entry that cannot be read.</summary>
    public static CandleShape? Of(StreamEntry entry, RegimeBands regimes)
    {
        decimal? Number(string name) => decimal.TryParse(
            entry[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
        return Number("open_time_ms") is { } from && Number("close_time_ms") is { } to
            && Number("open") is { } open && Number("high") is { } high && Number("low") is { } low
            && Number("close") is { } close && Number("volume") is { } volume
            ? new CandleShape((long)from, (long)to, open, high, low, close, volume, regimes.At((long)to))
            : null;
    }
}
