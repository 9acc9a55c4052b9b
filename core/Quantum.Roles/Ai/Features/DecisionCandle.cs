namespace Quantum.Roles.Ai.Features;

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
