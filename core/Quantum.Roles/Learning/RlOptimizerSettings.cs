namespace Quantum.Roles.Learning;

/// <summary>How the sizing policy is trained; every value has a range, checked at start.</summary>
public sealed record RlOptimizerSettings
{
    /// <summary>Finished trades between two trainings, from 1.</summary>
    public int TradesPerTraining { get; init; } = 10;

    /// <summary>Finished trades that training looks back on, from 10.</summary>
    public int HistoryTrades { get; init; } = 500;

    /// <summary>Sizes remembered per symbol until their trade ends, from 1.</summary>
    public int SizesPerSymbol { get; init; } = 16;

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public RlOptimizerSettings Checked()
    {
        if (TradesPerTraining < 1) throw Bad(nameof(TradesPerTraining), TradesPerTraining, 1);
        if (HistoryTrades < 10) throw Bad(nameof(HistoryTrades), HistoryTrades, 10);
        return SizesPerSymbol >= 1 ? this : throw Bad(nameof(SizesPerSymbol), SizesPerSymbol, 1);
    }

    private static ArgumentException Bad(string name, int value, int least) =>
        new($"RlOptimizer:{name} is {value}: set it to {least} or more.");
}
