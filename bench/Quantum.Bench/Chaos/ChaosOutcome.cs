using Quantum.Bench.Orders;

namespace Quantum.Bench.Chaos;

/// <summary>What one run of a cell found.</summary>
internal sealed record ChaosOutcome
{
    /// <summary>The bar of <see cref="Recovery"/>.</summary>
    public static readonly TimeSpan SlowestRecovery = TimeSpan.FromSeconds(15);

    public required ChaosCell Cell { get; init; }

    /// <summary>What is new among the findings since the run before.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Entries that were recorded as sending behind the operator's word, and were sent.</summary>
    public required IReadOnlyList<string> EntriesAfterTrip { get; init; }

    /// <summary>Time beyond the executor's limit without stops of the full quantity, over all positions.</summary>
    public required TimeSpan UnprotectedBeyond { get; init; }

    /// <summary>
    /// From the kill, or from the end of what lasted, until everything is whole and an order that was asked for since
    /// then has ended well; behind a trip, until the policy follows the word. Null: not within a minute.
    /// </summary>
    public required TimeSpan? Recovery { get; init; }

    /// <summary>What was still waited for at the end; null: nothing.</summary>
    public required string? Waited { get; init; }

    /// <summary>What the run spent its time on, in its order.</summary>
    public required IReadOnlyList<(string Part, TimeSpan Took)> Parts { get; init; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Took => TimeSpan.FromTicks(Parts.Sum(part => part.Took.Ticks));

    public bool IsMet => Findings.Count == 0 && EntriesAfterTrip.Count == 0 && UnprotectedBeyond == TimeSpan.Zero
        && Recovery <= SlowestRecovery;

    public int CountOf(string kind) => Findings.Count(finding => finding.Kind == kind);

    /// <summary>What the run spent its time on, in words.</summary>
    public string Times() => FormattableString.Invariant($"{Took.TotalSeconds:0.0} s: ") + string.Join(
        ", ", Parts.Select(part => FormattableString.Invariant($"{part.Part} {part.Took.TotalSeconds:0.0}")));

    /// <summary>What went wrong, in words.</summary>
    public IEnumerable<string> Words()
    {
        foreach (var finding in Findings) yield return $"{finding.Kind}: {finding.Words}";
        foreach (var entry in EntriesAfterTrip) yield return $"entry after the trip: {entry}";
        if (UnprotectedBeyond > TimeSpan.Zero)
            yield return FormattableString.Invariant(
                $"unprotected: {UnprotectedBeyond.TotalSeconds:0.0} s beyond the limit");
        if (Recovery is not { } took) yield return $"not recovered within a minute: {Waited}";
        else if (took > SlowestRecovery)
            yield return FormattableString.Invariant($"recovered only after {took.TotalSeconds:0.0} s: {Waited}");
    }
}
