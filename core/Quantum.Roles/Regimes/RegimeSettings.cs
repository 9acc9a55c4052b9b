namespace Quantum.Roles.Regimes;

/// <summary>
/// How regimes are told. The audited thresholds (domain facts 7.5) stood for 50 samples of mixed updates; here they
/// stand for true candles and a stated horizon, the 8 hours of a funding period: at 1m candles a volatility of 0.015
/// per horizon is 0.00068 a candle.
/// </summary>
public sealed record RegimeSettings
{
    /// <summary>Length of the candles that the settings below are meant for, ms, above 0.</summary>
    public long CandleMs { get; init; } = 60_000;

    /// <summary>Candles in the window, from 10; fewer are unknown.</summary>
    public int WindowCandles { get; init; } = 50;

    /// <summary>Candles that volatility is scaled to, from 1: 480 of 1m are 8 hours.</summary>
    public int HorizonCandles { get; init; } = 480;

    /// <summary>
    /// Standard deviation per horizon below which a market without trend is a range, fraction, above 0.
    /// </summary>
    public double RangeVolatilityFraction { get; init; } = 0.015;

    /// <summary>Standard deviation per horizon from which a market is volatile, fraction, above the range's.</summary>
    public double VolatileVolatilityFraction { get; init; } = 0.03;

    /// <summary>
    /// Drift over the window, in standard deviations of a driftless walk, from which there is a trend, above 0.
    /// </summary>
    public double TrendScore { get; init; } = 1.25;

    /// <summary>
    /// Least drift over the window that counts as a trend, fraction, from 0: less does not pay the fees.
    /// </summary>
    public double MinDriftFraction { get; init; } = 0.001;

    /// <summary>
    /// Times in a row that another regime must show before it is told, from 1; volatile is told at once.
    /// </summary>
    public int ConfirmTimes { get; init; } = 3;

    /// <summary>A regime holds at least this long, ms, from 0; volatile may end it sooner.</summary>
    public long MinDwellMs { get; init; } = 600_000;

    /// <summary>Longest silence, ms, above 0.</summary>
    public long HeartbeatMs { get; init; } = 900_000;

    /// <summary>A symbol without a candle for this long is unknown, ms, above the candle's length.</summary>
    public long StaleAfterMs { get; init; } = 300_000;

    /// <summary>
    /// Share of the votes by confidence that makes the market's regime, above 0, at most 1; less is uncertain.
    /// </summary>
    public double MarketShare { get; init; } = 0.5;

    /// <summary>
    /// The same for candles of another length: the horizon keeps its time, what is counted in candles keeps its number,
    /// and what must outlast a candle is as many candles long. Shorter candles change nothing but the horizon.
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

    /// <summary>Throws an <see cref="ArgumentException"/> that names what is impossible.</summary>
    public RegimeSettings Checked()
    {
        Want(CandleMs > 0, nameof(CandleMs), "above 0");
        Want(WindowCandles >= 10, nameof(WindowCandles), "10 or more");
        Want(HorizonCandles >= 1, nameof(HorizonCandles), "1 or more");
        Want(RangeVolatilityFraction > 0, nameof(RangeVolatilityFraction), "above 0");
        Want(VolatileVolatilityFraction > RangeVolatilityFraction, nameof(VolatileVolatilityFraction),
            "above RangeVolatilityFraction");
        Want(TrendScore > 0, nameof(TrendScore), "above 0");
        Want(MinDriftFraction >= 0, nameof(MinDriftFraction), "0 or more");
        Want(ConfirmTimes >= 1, nameof(ConfirmTimes), "1 or more");
        Want(MinDwellMs >= 0, nameof(MinDwellMs), "0 or more");
        Want(HeartbeatMs > 0, nameof(HeartbeatMs), "above 0");
        Want(StaleAfterMs > CandleMs, nameof(StaleAfterMs), "above CandleMs");
        Want(MarketShare is > 0 and <= 1, nameof(MarketShare), "above 0, at most 1");
        return this;
    }

    private static void Want(bool fits, string name, string mend)
    {
        if (!fits) throw new ArgumentException($"meta_regime setting {name} is impossible: give {mend}.");
    }
}
