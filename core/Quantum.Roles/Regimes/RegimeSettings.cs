namespace Quantum.Roles.Regimes;

/// <summary>
/// How regimes are told. The audited thresholds (domain facts 7.5) stood for 50 samples of mixed updates; here they
/// stand for true candles and a stated horizon, the 8 hours of a funding period: at 1m candles a volatility of 0.015
/// per horizon is 0.00068 a candle.
/// </summary>
[Section("MetaRegime")]
public sealed record RegimeSettings
{
    /// <summary>Length of the candles that the settings below are meant for, ms.</summary>
    [Above(0)] public long CandleMs { get; set; } = 60_000;

    /// <summary>Candles in the window; fewer are unknown.</summary>
    [AtLeast(10)] public int WindowCandles { get; set; } = 50;

    /// <summary>Candles that volatility is scaled to: 480 of 1m are 8 hours.</summary>
    [AtLeast(1)] public int HorizonCandles { get; set; } = 480;

    /// <summary>Standard deviation per horizon below which a market without trend is a range, fraction.</summary>
    [Above(0)] public double RangeVolatilityFraction { get; set; } = 0.015;

    /// <summary>Standard deviation per horizon from which a market is volatile, fraction.</summary>
    [Above(nameof(RangeVolatilityFraction))] public double VolatileVolatilityFraction { get; set; } = 0.03;

    /// <summary>
    /// Drift over the window, in standard deviations of a driftless walk, from which there is a trend.
    /// </summary>
    [Above(0)] public double TrendScore { get; set; } = 1.25;

    /// <summary>Least drift over the window that counts as a trend, fraction: less does not pay the fees.</summary>
    [AtLeast(0)] public double MinDriftFraction { get; set; } = 0.001;

    /// <summary>Times in a row that another regime must show before it is told; volatile is told at once.</summary>
    [AtLeast(1)] public int ConfirmTimes { get; set; } = 3;

    /// <summary>A regime holds at least this long, ms; volatile may end it sooner.</summary>
    [AtLeast(0)] public long MinDwellMs { get; set; } = 600_000;

    /// <summary>Longest silence, ms.</summary>
    [Above(0)] public long HeartbeatMs { get; set; } = 900_000;

    /// <summary>A symbol without a candle for this long is unknown, ms.</summary>
    [Above(nameof(CandleMs))] public long StaleAfterMs { get; set; } = 300_000;

    /// <summary>Share of the votes by confidence that makes the market's regime; less is uncertain.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)] public double MarketShare { get; set; } = 0.5;

    /// <summary>
    /// The same for candles of another length: the horizon keeps its time, what is counted in candles keeps its
    /// number, and what must outlast a candle is as many candles long. Shorter candles change nothing but the horizon.
    /// </summary>
    public RegimeSettings For(long candleMs)
    {
        if (candleMs == CandleMs) return this;
        var longer = Math.Max(1, candleMs / (double)CandleMs);
        return this with
        {
            CandleMs = candleMs,
            HorizonCandles = (int)Math.Max(1, HorizonCandles * CandleMs / candleMs),
            MinDwellMs = (long)(MinDwellMs * longer),
            HeartbeatMs = (long)(HeartbeatMs * longer),
            StaleAfterMs = (long)(StaleAfterMs * longer),
        };
    }
}
