namespace Quantum.Roles.Ilf;

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
