namespace Quantum.Contracts.Events;

/// <summary>The risk policy in force, whole and versioned, on <c>policy.updated</c>.</summary>
public readonly record struct PolicyUpdated : ICheckedEvent
{
    /// <summary>Monotonic, from 1.</summary>
    public required long PolicyVersion { get; init; }

    public required RiskMode RiskMode { get; init; }
    public required RiskMode PreviousMode { get; init; }

    /// <summary>The kill switch: true blocks every entry, exits stay possible.</summary>
    public required bool KillSwitch { get; init; }

    /// <summary>
    /// Since when the operator wants no position at all, UTC epoch ms: what is open or still opens is closed, for as
    /// long as the kill switch is on. Null when the operator does not.
    /// </summary>
    public long? FlattenSinceMs { get; init; }

    /// <summary>From 1.</summary>
    public required int MaxLeverage { get; init; }

    /// <summary>Gross exposure over equity, above 0.</summary>
    public required double MaxGrossExposureFraction { get; init; }

    /// <summary>One symbol's notional over equity, above 0.</summary>
    public required double MaxSymbolExposureFraction { get; init; }

    /// <summary>Loss at the stop over equity, above 0, at most 0.1.</summary>
    public required double RiskPerTradeFraction { get; init; }

    /// <summary>Loss since UTC midnight over equity that halts, above 0.</summary>
    public required double DailyLossLimitFraction { get; init; }

    /// <summary>Most positions at once, from 0.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Least calibrated probability for an entry, 0 to 1.</summary>
    public required double MinConfidence { get; init; }

    /// <summary>The only symbols that may be entered; empty allows every symbol of the feed.</summary>
    public WireList<Symbol> AllowedSymbols { get; init; }

    /// <summary>Why it changed, as a code: <c>start</c>, <c>drawdown</c>, <c>kill_on</c>, <c>flatten</c> …</summary>
    public required string ReasonCode { get; init; }

    /// <summary>In words, with the values.</summary>
    public string? Reason { get; init; }

    /// <summary>Who: <c>governance</c> or an operator's name.</summary>
    public required string UpdatedBy { get; init; }

    public string? Fault()
    {
        if (PolicyVersion < 1) return $"policy_version {PolicyVersion} is below 1";
        if (MaxLeverage < 1) return $"max_leverage {MaxLeverage} is below 1";
        if (RiskPerTradeFraction is <= 0 or > 0.1)
            return $"risk_per_trade_fraction {RiskPerTradeFraction} is not in (0, 0.1]";
        if (MaxPositions < 0) return $"max_positions {MaxPositions} is below 0";
        return Prices.PositiveFault("max_gross_exposure_fraction", MaxGrossExposureFraction)
            ?? Prices.PositiveFault("max_symbol_exposure_fraction", MaxSymbolExposureFraction)
            ?? Prices.PositiveFault("daily_loss_limit_fraction", DailyLossLimitFraction)
            ?? Prices.FractionFault("min_confidence", MinConfidence);
    }
}
