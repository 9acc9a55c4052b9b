namespace Quantum.Contracts.Settings;

/// <summary>
/// What several roles must see alike: else what is learnt is not what is traded, or the books differ from the venue.
/// </summary>
public static class AlikeSettings
{
    private static readonly string[][] s_ofRoles =
    [
        ["Ai:IntervalMs", "Clm:IntervalMs"],
        ["Ai:Plan:HoldMs", "Clm:Plan:HoldMs", "ExitBrain:MaxHoldMs", "ModelSupervisor:HorizonMs"],
        ["Ai:Plan:StopInRanges", "Clm:Plan:StopInRanges"],
        ["Ai:Plan:LeastStopFraction", "Clm:Plan:LeastStopFraction"],
        ["Ai:Plan:MostStopFraction", "Clm:Plan:MostStopFraction"],
        ["Ai:Worth:MarginErrors", "TradingBot:Worth:MarginErrors"],
        ["Ai:Worth:MostCostShare", "TradingBot:Worth:MostCostShare"],
    ];

    // An exchange has costs and balances of its own, whatever is set here.
    private static readonly string[][] s_ofSimulatedVenue =
    [
        ["Portfolio:StartBalanceUsd", "SimVenue:StartBalanceUsd"],
        ["Ai:Cost:TakerFeeFraction", "SimVenue:TakerFeeFraction"],
        ["Ai:Cost:HalfSpreadFraction", "SimVenue:HalfSpreadFraction"],
        ["Ai:Cost:ImpactFraction", "SimVenue:ImpactFraction"],
    ];

    /// <summary>Every group, each a list of paths.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> All { get; } = [.. s_ofRoles, .. s_ofSimulatedVenue];

    /// <summary>
    /// What the venue inside the system is not told though the roles are: the value that both must have.
    /// </summary>
    /// <param name="valueOf">The text that a path was given; null: none.</param>
    public static IEnumerable<(string OfRole, string OfVenue, string Value)> MissingAtVenue(
        Func<string, string?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        foreach (var pair in s_ofSimulatedVenue)
            if (valueOf(pair[1]) is null && valueOf(pair[0]) is { } value) yield return (pair[0], pair[1], value);
    }

    /// <summary>One line about the first two that differ; null where none do.</summary>
    /// <param name="valueOf">The text that a path was given; null: none.</param>
    /// <param name="usesSimulatedVenue">Whether orders go to the venue inside the system, as in mode paper.</param>
    public static string? FaultIn(Func<string, string?> valueOf, bool usesSimulatedVenue)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        foreach (var group in usesSimulatedVenue ? All : s_ofRoles)
        {
            if (group.FirstOrDefault(path => valueOf(path) != valueOf(group[0])) is not { } other) continue;
            var (one, all) = (group[0], string.Join('+', group));
            var mend = group.Count == 2 ? "give both the same value, or none" : $"give all of {all} one value, or none";
            return $"{one} is {Shown(valueOf(one))} and {other} is {Shown(valueOf(other))}: {mend}.";
        }

        return null;
    }

    private static string Shown(string? value) => value is null ? "not set" : $"'{value}'";
}
