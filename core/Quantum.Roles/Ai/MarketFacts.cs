using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai;

/// <summary>What <c>market_data</c> told first in one minute, or in one candle where candles are longer.</summary>
internal sealed class MarketFact
{
    /// <summary>Minutes, or longer candles, since the epoch.</summary>
    public long Minute { get; set; }

    /// <summary>From the 24 hours' range, 0.5 to 5; null when unknown.</summary>
    public double? VolatilityFactor { get; set; }

    /// <summary>Per 8 hours, fraction; null when unknown.</summary>
    public double? FundingRate { get; set; }

    /// <summary>Ask less bid over their mid, fraction, 0 or more; null when unknown.</summary>
    public double? SpreadFraction { get; set; }
}

/// <summary>
/// The market data of one symbol by minute, or by candle where candles are longer. A candle is judged with what was
/// known before its own minute began: the order in which candle and market data of one moment arrive must not matter.
/// </summary>
internal sealed class MarketFacts
{
    private const int Kept = 3;

    /// <summary>How long such a minute is, ms.</summary>
    public long SpanMs { get; set; } = Candle.LengthMs;

    /// <summary>The first of each of the newest minutes, oldest first.</summary>
    public List<MarketFact> ByMinute { get; init; } = [];

    /// <summary>True when that moment's minute has none yet and is not older than what is known.</summary>
    public bool Wants(long atMs, long spanMs) => ByMinute.Count == 0 || spanMs > SpanMs
        || MinuteOf(atMs, Math.Max(spanMs, Candle.LengthMs)) > ByMinute[^1].Minute;

    public void Add(in MarketData market, long atMs, long spanMs)
    {
        var span = Math.Max(spanMs, Candle.LengthMs);
        if (span != SpanMs) ByMinute.Clear();
        SpanMs = span;
        var fact = ByMinute.Count == Kept ? ByMinute[0] : new MarketFact();
        if (ByMinute.Count == Kept) ByMinute.RemoveAt(0);
        ByMinute.Add(fact);
        fact.Minute = MinuteOf(atMs, span);
        fact.VolatilityFactor = market is { High24hPrice: { } high, Low24hPrice: { } low } && low > 0 && high >= low
            ? DayRange.VolatilityFactorOf((double)high, (double)low)
            : null;
        fact.FundingRate = market.FundingRate;
        fact.SpreadFraction = market is { BidPrice: { } bid, AskPrice: { } ask } && bid > 0 && ask > bid
            ? (double)(2 * (ask - bid) / (ask + bid))
            : null;
    }

    /// <summary>The newest fact from before a candle's own minute; null when there is none or it is too old.</summary>
    public MarketFact? Before(in Candle candle, long freshnessMs)
    {
        var minute = MinuteOf(candle.OpenTimeMs, SpanMs);
        var fact = ByMinute.FindLast(f => f.Minute < minute);
        return fact is not null && (minute - fact.Minute) * SpanMs <= Math.Max(freshnessMs, 2 * SpanMs)
            ? fact : null;
    }

    private static long MinuteOf(long atMs, long spanMs) => atMs / spanMs;
}
