namespace Quantum.Roles.Governance;

/// <summary>What one risk mode allows.</summary>
public sealed record RiskLimits
{
    /// <summary>Most leverage of an entry.</summary>
    [Range(1, 125)] public required int MaxLeverage { get; set; }

    /// <summary>Gross exposure over equity.</summary>
    [Above(0)] public required double MaxGrossExposureFraction { get; set; }

    /// <summary>One symbol's notional over equity.</summary>
    [Above(0), AtMost(nameof(MaxGrossExposureFraction))]
    public required double MaxSymbolExposureFraction { get; set; }

    /// <summary>Loss at the stop over equity.</summary>
    [Range(0.0, 0.1, MinimumIsExclusive = true)] public required double RiskPerTradeFraction { get; set; }

    /// <summary>Loss since UTC midnight over equity that halts.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public required double DailyLossLimitFraction { get; set; }

    /// <summary>Most positions at once.</summary>
    [AtLeast(0)] public required int MaxPositions { get; set; }

    /// <summary>Least calibrated probability for an entry.</summary>
    [Range(0.0, 1.0)] public required double MinConfidence { get; set; }
}
