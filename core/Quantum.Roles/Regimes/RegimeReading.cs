using System.Numerics;

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
        var (sigma, slope) = SigmaAndSlope(closes);
        slope /= closes[^1];
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

    // Asked for with every candle: what is of one element alone is done in whole vectors, and the sums, each in its
    // own order, go beside each other.
    private static (double Sigma, double Slope) SigmaAndSlope(ReadOnlySpan<double> closes)
    {
        var count = closes.Length - 1;
        Span<double> returns = count <= MostOnStack ? stackalloc double[MostOnStack] : new double[count];
        returns = returns[..count];
        ReturnsOf(closes, returns);
        var middle = count / 2d;
        double sum = 0, squares = 0, crossed = 0;
        for (var i = 0; i < returns.Length; i++)
        {
            sum += returns[i];
            // The first close as origin keeps the sums small beside large prices.
            crossed += (i - middle) * (closes[i] - closes[0]);
        }

        crossed += (count - middle) * (closes[^1] - closes[0]);
        var mean = sum / count;
        foreach (var one in returns)
        {
            var off = one - mean;
            squares += off * off;
        }

        return (Math.Sqrt(squares / count), crossed / SquaresFromMiddle(closes.Length));
    }

    private static void ReturnsOf(ReadOnlySpan<double> closes, Span<double> returns)
    {
        var at = 0;
        for (; at + Vector<double>.Count <= returns.Length; at += Vector<double>.Count)
            (new Vector<double>(closes[(at + 1)..]) / new Vector<double>(closes[at..]) - Vector<double>.One)
                .CopyTo(returns[at..]);
        for (; at < returns.Length; at++) returns[at] = closes[at + 1] / closes[at] - 1;
    }

    /// <summary>
    /// The sum of the squared distances of 0, 1 to n - 1 from their middle: whole quarters, so no bit of it is rounded.
    /// </summary>
    internal static double SquaresFromMiddle(int n) => n * ((double)n * n - 1) / 12;
}
