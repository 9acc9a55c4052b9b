namespace Quantum.Roles.Ai.Features;

/// <summary>One closed candle as features see it.</summary>
/// <param name="OpenTimeMs">Start of the candle, UTC epoch ms.</param>
/// <param name="Open">First price, quote currency, above 0.</param>
/// <param name="High">Highest price, quote currency.</param>
/// <param name="Low">Lowest price, quote currency, above 0.</param>
/// <param name="Close">Last price, quote currency.</param>
/// <param name="Volume">Traded base quantity, 0 or more.</param>
internal readonly record struct Candle(
    long OpenTimeMs, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>Length of a candle unless a tape has longer ones, ms.</summary>
    public const long LengthMs = 60_000;

    /// <summary>Name of that length on <c>market.klines</c>.</summary>
    public const string Interval = "1m";

    /// <summary>Length of this candle, ms, above 0.</summary>
    public long SpanMs { get; init; } = LengthMs;

    /// <summary>End of the candle, UTC epoch ms, exclusive.</summary>
    public long CloseTimeMs => OpenTimeMs + SpanMs;

    public static Candle Of(in MarketKline kline) => new(
        kline.OpenTimeMs, (double)kline.Open, (double)kline.High, (double)kline.Low, (double)kline.Close,
        (double)kline.Volume)
    {
        SpanMs = kline.CloseTimeMs - kline.OpenTimeMs,
    };
}

/// <summary>
/// The one length of candles that a role works on: that of the first candle it is told. Features, models and horizons
/// count candles, so two lengths must not mix; which one it is, the feed decides (<c>Feed:Interval</c>).
/// </summary>
internal sealed class CandleSpan
{
    /// <summary>Length, ms; 0 before the first candle.</summary>
    public long Ms { get; set; }

    /// <summary>The length, or a minute as long as it is not known, ms.</summary>
    public long OrMinuteMs() => Ms == 0 ? Candle.LengthMs : Ms;

    /// <summary>True when the candle has another length than those before.</summary>
    public bool IsOther(in MarketKline kline) => Ms != 0 && Ms != kline.CloseTimeMs - kline.OpenTimeMs;
}

/// <summary>
/// One symbol's candle of the decision interval while it is built up from finer ones. A candle that misses a part is
/// not told: features must not take a hole for a quiet time.
/// </summary>
internal sealed class DecisionCandle
{
    /// <summary>Start, UTC epoch ms; 0 before the first part.</summary>
    public long OpenTimeMs { get; set; }

    /// <summary>Where the next part has to start, UTC epoch ms.</summary>
    public long NextMs { get; set; }

    /// <summary>False once a part is missing.</summary>
    public bool IsWhole { get; set; }

    /// <summary>True when the feed says that candles before it are missing.</summary>
    public bool GapBefore { get; set; }

    public double Open { get; set; }
    public double High { get; set; }
    public double Low { get; set; }
    public double Close { get; set; }
    public double Volume { get; set; }

    /// <summary>
    /// The length that is decided on: the wanted one, brought up to a multiple of the candles that come, ms.
    /// </summary>
    public static long IntervalOf(long wantedMs, long candleMs) =>
        Math.Max(1, (wantedMs + candleMs - 1) / candleMs) * candleMs;

    /// <summary>Takes the next part; answers the candle that it completes, or null.</summary>
    public Candle? Add(in Candle part, long intervalMs, bool gapBefore)
    {
        var openMs = part.OpenTimeMs / intervalMs * intervalMs;
        if (OpenTimeMs != openMs || NextMs == 0) Begin(in part, openMs, gapBefore);
        else
        {
            IsWhole &= part.OpenTimeMs == NextMs && !gapBefore;
            High = Math.Max(High, part.High);
            Low = Math.Min(Low, part.Low);
            Close = part.Close;
            Volume += part.Volume;
        }

        NextMs = part.CloseTimeMs;
        if (!IsWhole || NextMs != openMs + intervalMs) return null;
        return new Candle(openMs, Open, High, Low, Close, Volume) { SpanMs = intervalMs };
    }

    private void Begin(in Candle part, long openMs, bool gapBefore)
    {
        (OpenTimeMs, GapBefore) = (openMs, gapBefore);
        IsWhole = part.OpenTimeMs == openMs;
        (Open, High, Low, Close, Volume) = (part.Open, part.High, part.Low, part.Close, part.Volume);
    }
}
