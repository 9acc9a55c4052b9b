namespace Quantum.Roles.Ai.Plans;

/// <summary>When a trade is worth its cost; ranges are checked at start.</summary>
public sealed record WorthSettings
{
    /// <summary>
    /// The margin: standard errors of the expected result that are taken off before it has to be above zero, 0 to 10.
    /// </summary>
    public double MarginErrors { get; init; } = 1;

    /// <summary>Most that a round trip may cost of the risk, the stop's distance, above 0, at most 1.</summary>
    public double MostCostShare { get; init; } = 0.1;

    /// <summary>The settings themselves; throws <see cref="ArgumentException"/> that names the one at fault.</summary>
    public WorthSettings Checked(string section)
    {
        if (!(MarginErrors is >= 0 and <= 10))
            throw new ArgumentException(
                $"{section}:Worth:{nameof(MarginErrors)} is {MarginErrors}: set it to 0 to 10.");
        return MostCostShare is > 0 and <= 1
            ? this
            : throw new ArgumentException(
                $"{section}:Worth:{nameof(MostCostShare)} is {MostCostShare}: set it above 0, at most 1.");
    }
}
