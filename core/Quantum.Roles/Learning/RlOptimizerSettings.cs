namespace Quantum.Roles.Learning;

/// <summary>How the sizing policy is trained; every value has a range, checked at start.</summary>
[Section("RlOptimizer")]
public sealed record RlOptimizerSettings
{
    /// <summary>Finished trades between two trainings.</summary>
    [AtLeast(1)] public int TradesPerTraining { get; set; } = 10;

    /// <summary>Finished trades that training looks back on.</summary>
    [AtLeast(10)] public int HistoryTrades { get; set; } = 500;

    /// <summary>Sizes remembered per symbol until their trade ends.</summary>
    [AtLeast(1)] public int SizesPerSymbol { get; set; } = 16;
}
