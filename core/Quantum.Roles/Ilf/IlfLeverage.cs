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

/// <summary>
/// What the leverage formula looks at; null means unknown, which counts as the worst value, so that missing knowledge
/// can only lower the leverage.
/// </summary>
internal readonly record struct IlfInputs
{
    /// <summary>Calibrated probability, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The intent's <c>volatility_factor</c>, clamped to 0 to 3; unknown counts as 3.</summary>
    public double? VolatilityFactor { get; init; }

    /// <summary>Trend of the recent PnL, -1 to 1; 0 is neutral.</summary>
    public double PnlTrend { get; init; }

    /// <summary>The symbol's own risk, 0.5 to 1.5; 1 is ordinary.</summary>
    public required double SymbolRisk { get; init; }

    /// <summary>Margin in use over equity, 0 to 1.</summary>
    public double MarginUtilizationFraction { get; init; }

    /// <summary>(max - min) / mid over the venues, 0 to 1; unknown takes the factor's floor.</summary>
    public double? ExchangeDivergence { get; init; }

    /// <summary>Funding per 8 hours as a fraction, -0.05 to 0.05; unknown takes the factor's floor.</summary>
    public double? FundingRate { get; init; }
}

/// <summary>The factors of one proposal, each a multiplier above 0.</summary>
internal readonly record struct IlfFactors(
    double Volatility, double PnlTrend, double SymbolRisk, double Margin, double Divergence, double Funding);

/// <summary>What the formula proposes.</summary>
/// <param name="BaseLeverage">5 + 75 c, 5 to 80.</param>
/// <param name="Factors">What the base was multiplied by.</param>
/// <param name="RawLeverage">The product, above 0: the cap that the executor uses.</param>
/// <param name="ClampedLeverage">The product clamped to 5 to 80, as the audited formula answers.</param>
internal readonly record struct IlfProposal(
    double BaseLeverage, IlfFactors Factors, double RawLeverage, double ClampedLeverage)
{
    /// <summary>True when the clamp changed the product.</summary>
    public bool IsClamped => RawLeverage != ClampedLeverage;

    /// <summary>
    /// The whole-numbered cap, from 1: never raised to the audited floor of 5, so a bad trade may fall to 1.
    /// </summary>
    public int Cap => (int)Math.Clamp(Math.Floor(RawLeverage), 1, IlfLeverage.Highest);
}
