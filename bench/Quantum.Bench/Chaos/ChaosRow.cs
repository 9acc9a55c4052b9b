using System.Globalization;
using Quantum.Bench.Orders;

namespace Quantum.Bench.Chaos;

/// <summary>What all runs of a cell found.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Outcomes">Its runs.</param>
/// <param name="Failure">Why a run of it could not be carried through; null: none.</param>
internal sealed record ChaosRow(ChaosCell Cell, IReadOnlyList<ChaosOutcome> Outcomes, string? Failure)
{
    /// <summary>The columns of the table.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "cell", "runs", "duplicates", "lost", "unresolved", "entries after the kill", "unprotected beyond, s",
        "recovery, s", "bars",
    ];

    public bool IsMet => Failure is null && Outcomes.All(outcome => outcome.IsMet);

    /// <summary>What stands in the columns; of recovery the slowest.</summary>
    public IReadOnlyList<string> Cells =>
    [
        Cell.Name, Text(Outcomes.Count), Text(CountOf(OrdersCheck.Duplicate)), Text(CountOf(OrdersCheck.Lost)),
        Text(CountOf(OrdersCheck.Unresolved)), Text(Outcomes.Sum(outcome => outcome.EntriesAfterTrip.Count)),
        Seconds(Outcomes.Sum(outcome => outcome.UnprotectedBeyond.TotalSeconds)), Recovery,
        Failure is not null ? "failed" : IsMet ? "met" : "missed",
    ];

    /// <summary>The same for a program.</summary>
    public object Json => new
    {
        cell = Cell.Name, runs = Outcomes.Count, duplicates = CountOf(OrdersCheck.Duplicate),
        lost = CountOf(OrdersCheck.Lost), unresolved = CountOf(OrdersCheck.Unresolved),
        entriesAfterKill = Outcomes.Sum(outcome => outcome.EntriesAfterTrip.Count),
        unprotectedBeyondS = Outcomes.Sum(outcome => outcome.UnprotectedBeyond.TotalSeconds),
        recoveryS = Outcomes.Select(outcome => outcome.Recovery?.TotalSeconds), isMet = IsMet, failure = Failure,
        tookS = Outcomes.Select(outcome => Math.Round(outcome.Took.TotalSeconds, 1)),
        findings = Outcomes.SelectMany(outcome => outcome.Words()),
    };

    private string Recovery => Outcomes.Count == 0 ? "" : Outcomes.Any(outcome => outcome.Recovery is null)
        ? "> 60"
        : Seconds(Outcomes.Max(outcome => outcome.Recovery!.Value.TotalSeconds));

    private int CountOf(string kind) => Outcomes.Sum(outcome => outcome.CountOf(kind));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
