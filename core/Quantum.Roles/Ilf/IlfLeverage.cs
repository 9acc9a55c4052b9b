namespace Quantum.Roles.Ilf;

/// <summary>
/// The Intelligent Leverage Formula v2 (domain facts 2.2):
/// <c>L = (5 + 75 c) * max(0.2, 1.5 - v) * (1 + 0.25 p) / s * max(0.3, 1 - m) * max(0.5, 1 - d) * max(0.5, 1 - |10
/// f|) * 0.9</c>. For <c>v</c> we take the intent's volatility_factor (ten times the daily range, 0.5 to 5), the
/// scale that the clamp of 0 to 3 was made for. The audited system fed atr_value (a fraction near 0.02) instead,
/// which turned the factor into 1.48 and <i>raised</i> an ordinary trade to 79x.
/// </summary>
internal static class IlfLeverage
{
    /// <summary>The lowest leverage the audited formula answers.</summary>
    public const double Lowest = 5;

    /// <summary>The highest leverage the formula answers.</summary>
    public const double Highest = 80;

    private const double SafetyFactor = 0.9;

    public static IlfProposal Propose(in IlfInputs inputs)
    {
        var confidence = Math.Clamp(inputs.Confidence, 0, 1);
        var volatility = Math.Clamp(inputs.VolatilityFactor ?? 3, 0, 3);
        var trend = Math.Clamp(inputs.PnlTrend, -1, 1);
        var symbolRisk = Math.Clamp(inputs.SymbolRisk, 0.5, 1.5);
        var margin = Math.Clamp(inputs.MarginUtilizationFraction, 0, 1);
        var divergence = Math.Clamp(inputs.ExchangeDivergence ?? 1, 0, 1);
        var funding = Math.Clamp(inputs.FundingRate ?? 0.05, -0.05, 0.05);
        var factors = new IlfFactors(
            Math.Max(0.2, 1.5 - volatility),
            1 + 0.25 * trend,
            1 / symbolRisk,
            Math.Max(0.3, 1 - margin),
            Math.Max(0.5, 1 - divergence),
            Math.Max(0.5, 1 - Math.Abs(10 * funding)));
        var start = 5 + confidence * 75;
        var raw = start * factors.Volatility * factors.PnlTrend * factors.SymbolRisk * factors.Margin
            * factors.Divergence * factors.Funding * SafetyFactor;
        return new IlfProposal(start, factors, raw, Math.Clamp(raw, Lowest, Highest));
    }
}
