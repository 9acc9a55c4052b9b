using Quantum.Contracts.Units;

namespace Quantum.Roles.Regimes;

/// <summary>What a window of candles shows.</summary>
/// <param name="Regime">The regime by the thresholds.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Volatility">Standard deviation of the simple returns, fraction per candle; null without enough
/// candles.</param>
/// <param name="Trend">Slope of the line through the closes over the last close, fraction per candle; null
/// likewise.</param>
internal readonly record struct RegimeReading(Regime Regime, double Confidence, double? Volatility, double? Trend);

/// <summary>
/// Reads the regime off closes. With n closes, sigma the (population) standard deviation of their simple returns and b
/// the least-squares slope per candle over the last close:
/// volatility per horizon = sigma * sqrt(horizon); drift = b * n; score = drift / (sigma * sqrt(n)), the drift in
/// standard deviations of a driftless walk. Volatile (0.85): volatility per horizon from 0.03. Bull or bear: |score|
/// and |drift| beyond their limits, confidence min(0.95, 0.7 + 0.1 |score| / limit). Range (0.9): volatility below
/// 0.015. Else uncertain (0.5). The shape is the audited one (domain facts 7.5); what is new is that every number has a
/// unit.
/// </summary>
internal static class RegimeWindow
{
    private const int MostOnStack = 256;

    public static RegimeReading Read(ReadOnlySpan<double> closes, RegimeSettings settings)
    {
        if (closes.Length < settings.WindowCandles) return new RegimeReading(Regime.Unknown, 0, null, null);
        var sigma = Volatility(closes);
        var slope = Slope(closes) / closes[^1];
        var (regime, confidence) = Classify(sigma, slope, closes.Length, settings);
        return new RegimeReading(regime, confidence, sigma, slope);
    }

    private static (Regime Regime, double Confidence) Classify(
        double sigma, double slope, int count, RegimeSettings settings)
    {
        var perHorizon = sigma * Math.Sqrt(settings.HorizonCandles);
        if (perHorizon >= settings.VolatileVolatilityFraction) return (Regime.Volatile, 0.85);
        var drift = slope * count;
        var noise = sigma * Math.Sqrt(count);
        // Prices that move without any noise are all trend.
        var strength = noise > 0 ? Math.Abs(drift) / noise / settings.TrendScore : double.MaxValue;
        if (strength >= 1 && drift != 0 && Math.Abs(drift) >= settings.MinDriftFraction)
            return (drift > 0 ? Regime.Bull : Regime.Bear, Math.Min(0.95, 0.7 + (0.1 * strength)));
        return perHorizon < settings.RangeVolatilityFraction ? (Regime.Range, 0.9) : (Regime.Uncertain, 0.5);
    }

    private static double Volatility(ReadOnlySpan<double> closes)
    {
        double sum = 0, squares = 0;
        var count = closes.Length - 1;
        Span<double> returns = count <= MostOnStack ? stackalloc double[MostOnStack] : new double[count];
        for (var i = 1; i < closes.Length; i++)
        {
            returns[i - 1] = (closes[i] / closes[i - 1]) - 1;
            sum += returns[i - 1];
        }

        var mean = sum / count;
        foreach (var one in returns[..count])
        {
            var off = one - mean;
            squares += off * off;
        }

        return Math.Sqrt(squares / count);
    }

    private static double Slope(ReadOnlySpan<double> closes)
    {
        var middle = (closes.Length - 1) / 2d;
        double crossed = 0, squared = 0;
        for (var i = 0; i < closes.Length; i++)
        {
            // The first close as origin keeps the sums small beside large prices.
            crossed += (i - middle) * (closes[i] - closes[0]);
            squared += (i - middle) * (i - middle);
        }

        return crossed / squared;
    }
}
