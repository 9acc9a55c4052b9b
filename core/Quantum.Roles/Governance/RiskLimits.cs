namespace Quantum.Roles.Governance;

/// <summary>What one risk mode allows.</summary>
public sealed record RiskLimits
{
    /// <summary>From 1.</summary>
    public required int MaxLeverage { get; init; }

    /// <summary>Gross exposure over equity, above 0.</summary>
    public required double MaxGrossExposureFraction { get; init; }

    /// <summary>One symbol's notional over equity, above 0, at most the gross limit.</summary>
    public required double MaxSymbolExposureFraction { get; init; }

    /// <summary>Loss at the stop over equity, above 0, at most 0.1.</summary>
    public required double RiskPerTradeFraction { get; init; }

    /// <summary>Loss since UTC midnight over equity that halts, above 0, below 1.</summary>
    public required double DailyLossLimitFraction { get; init; }

    /// <summary>Most positions at once, from 0.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Least calibrated probability for an entry, 0 to 1.</summary>
    public required double MinConfidence { get; init; }

    /// <summary>Throws an <see cref="ArgumentException"/> that names mode, value and mend.</summary>
    public void Check(string mode)
    {
        Want(MaxLeverage is >= 1 and <= 125, mode, nameof(MaxLeverage), MaxLeverage, "1 to 125");
        Want(MaxGrossExposureFraction > 0, mode, nameof(MaxGrossExposureFraction), MaxGrossExposureFraction, "above 0");
        Want(MaxSymbolExposureFraction > 0 && MaxSymbolExposureFraction <= MaxGrossExposureFraction, mode,
            nameof(MaxSymbolExposureFraction), MaxSymbolExposureFraction, "above 0, at most the gross limit");
        Want(RiskPerTradeFraction is > 0 and <= 0.1, mode, nameof(RiskPerTradeFraction), RiskPerTradeFraction,
            "(0, 0.1]");
        Want(DailyLossLimitFraction is > 0 and < 1, mode, nameof(DailyLossLimitFraction), DailyLossLimitFraction,
            "(0, 1)");
        Want(MaxPositions >= 0, mode, nameof(MaxPositions), MaxPositions, "0 or more");
        Want(MinConfidence is >= 0 and <= 1, mode, nameof(MinConfidence), MinConfidence, "0 to 1");
    }

    private static void Want(bool fits, string mode, string name, object value, string mend)
    {
        if (!fits) throw new ArgumentException($"governance limits {mode}: {name} is {value}, give {mend}.");
    }
}
