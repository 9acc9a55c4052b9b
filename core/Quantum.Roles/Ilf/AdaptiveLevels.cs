namespace Quantum.Roles.Ilf;

/// <summary>
/// Stop and targets that adapt to leverage and market, all as fractions of price (domain facts 2.3):
/// <c>LSF = 1 / (1 + ln(max(leverage, 1) + 1))</c>;
/// <c>TP1 = tp (0.6 + LSF)</c>, <c>TP2 = tp (1.2 + LSF / 2)</c>, <c>TP3 = tp (1.8 + LSF / 4)</c>, each times
/// (1 + 0.8 funding delta) and at least 0.003;
/// <c>SL = sl (1 + 0.8 (1 - LSF)) (1 + 0.4 divergence + 0.2 volatility)</c>, at least 0.0015, at most 0.02.
/// The stop gets wider with leverage, as the formula says and its old description did not; the executor therefore
/// checks it against the liquidation distance for every leverage it considers.
/// </summary>
/// <param name="LeverageScaleFactor">LSF, above 0, at most 0.5906.</param>
/// <param name="TakeProfit1Fraction">First target, from 0.003.</param>
/// <param name="TakeProfit2Fraction">Second target, from 0.003.</param>
/// <param name="TakeProfit3Fraction">Third target, from 0.003.</param>
/// <param name="StopLossFraction">Stop, 0.0015 to 0.02.</param>
internal readonly record struct AdaptiveLevels(
    double LeverageScaleFactor,
    double TakeProfit1Fraction,
    double TakeProfit2Fraction,
    double TakeProfit3Fraction,
    double StopLossFraction)
{
    /// <summary>No target nearer than this.</summary>
    public const double LeastTakeProfitFraction = 0.003;

    /// <summary>No stop nearer than this.</summary>
    public const double LeastStopLossFraction = 0.0015;

    /// <summary>No stop farther than this.</summary>
    public const double MostStopLossFraction = 0.02;

    /// <summary>
    /// The levels for one position. Unknown (null) terms are left out: they neither push targets away nor widen the
    /// stop.
    /// </summary>
    /// <param name="leverage">From 1.</param>
    /// <param name="volatilityFactor">0.5 to 5, clamped to 0 to 3.</param>
    /// <param name="exchangeDivergence">Fraction, 0 to 1.</param>
    /// <param name="fundingDelta">Difference of funding per 8 hours between venues, fraction, -1 to 1.</param>
    /// <param name="bases">The distances to start from; null takes 1 % and 0.5 %.</param>
    public static AdaptiveLevels For(
        double leverage, double? volatilityFactor, double? exchangeDivergence, double? fundingDelta,
        LevelBases? bases = null)
    {
        var start = bases ?? new();
        var scale = ScaleFactor(leverage);
        var lift = 1 + 0.8 * Math.Clamp(fundingDelta ?? 0, -1, 1);
        var market = 1 + 0.4 * Math.Clamp(exchangeDivergence ?? 0, 0, 1) + 0.2 * Math.Clamp(volatilityFactor ?? 0, 0,
            3);
        var stop = start.StopLossFraction * (1 + 0.8 * (1 - scale)) * market;
        return new AdaptiveLevels(
            scale,
            Target(start.TakeProfitFraction * (0.6 + scale) * lift),
            Target(start.TakeProfitFraction * (1.2 + scale / 2) * lift),
            Target(start.TakeProfitFraction * (1.8 + scale / 4) * lift),
            Math.Clamp(stop, LeastStopLossFraction, MostStopLossFraction));
    }

    /// <summary>LSF: how much of the base distances is left at a leverage.</summary>
    public static double ScaleFactor(double leverage) => 1 / (1 + Math.Log(Math.Max(leverage, 1) + 1));

    private static double Target(double fraction) => Math.Max(LeastTakeProfitFraction, fraction);
}
