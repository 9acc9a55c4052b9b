using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai;

/// <summary>Highest and lowest price of 24 clock hours, the running one included, from candles without a gap.</summary>
internal sealed class DayRange
{
    private const int Hours = 24;
    private const long HourMs = 3_600_000;

    /// <summary>Candles since the last gap, from 0.</summary>
    public int Candles { get; set; }

    /// <summary>Length of the candles, ms.</summary>
    public long SpanMs { get; set; } = Candle.LengthMs;

    /// <summary>The running clock hour, hours since the epoch.</summary>
    public long Hour { get; set; }

    /// <summary>Highest price per clock hour, oldest first, 24 at most.</summary>
    public List<double> Highs { get; init; } = [];

    /// <summary>Lowest price per clock hour, oldest first, 24 at most.</summary>
    public List<double> Lows { get; init; } = [];

    public void Add(in Candle candle)
    {
        var hour = candle.OpenTimeMs / HourMs;
        var kept = (int)Math.Max(1, Hours * HourMs / Math.Max(HourMs, candle.SpanMs));
        SpanMs = candle.SpanMs;
        if (Highs.Count == 0 || hour != Hour)
        {
            if (Highs.Count >= kept) Highs.RemoveAt(0);
            if (Lows.Count >= kept) Lows.RemoveAt(0);
            Highs.Add(candle.High);
            Lows.Add(candle.Low);
            Hour = hour;
        }
        else
        {
            Highs[^1] = Math.Max(Highs[^1], candle.High);
            Lows[^1] = Math.Min(Lows[^1], candle.Low);
        }

        Candles++;
    }

    public void Reset()
    {
        Candles = 0;
        Highs.Clear();
        Lows.Clear();
    }

    /// <summary>clamp((high - low) / low * 10, 0.5, 5); null before a whole day was seen.</summary>
    public double? VolatilityFactor() =>
        Candles * SpanMs < Hours * HourMs ? null : VolatilityFactorOf(Highs.Max(), Lows.Min());

    /// <summary>clamp((high - low) / low * 10, 0.5, 5): 0.55 is a daily range of 5.5 % of the low.</summary>
    public static double VolatilityFactorOf(double high, double low) => Math.Clamp((high - low) / low * 10, 0.5, 5);
}
