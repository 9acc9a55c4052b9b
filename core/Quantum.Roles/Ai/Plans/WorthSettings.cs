namespace Quantum.Roles.Ai.Plans;

/// <summary>When a trade is worth its cost; ranges are checked at start.</summary>
public sealed record WorthSettings
{
    /// <summary>
    /// The margin: standard errors of the expected result that are taken off before it has to be above zero.
    /// </summary>
    [Range(0.0, 10.0)] public double MarginErrors { get; set; } = 1;

    /// <summary>Most that a round trip may cost of the risk, the stop's distance.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)] public double MostCostShare { get; set; } = 0.1;
}
