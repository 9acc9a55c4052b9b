using System.Globalization;
using Quantum.Replay;

namespace Quantum.Cli.Replays;

/// <summary>What a replay found, as a table and the first difference of each symbol.</summary>
internal static class ReplayText
{
    public static void Write(DecisionReport report, TextWriter target)
    {
        ShownText.Table(target,
        [
            ["role", "stream", "same", "changed", "only before", "only now"],
            .. report.Kinds.Select(kind => (string[])
            [
                kind.Role, kind.Stream, ShownText.Number(kind.Same), ShownText.Number(kind.Changed),
                ShownText.Number(kind.OnlyBefore), ShownText.Number(kind.OnlyNow),
            ]),
        ]);
        foreach (var first in report.First) Write(first, target);
        target.WriteLine(report.Different == 0
            ? $"all {report.Same} decisions are the same."
            : string.Create(CultureInfo.InvariantCulture,
                $"{report.Different} of {report.Same + report.Different} decisions differ "
                + $"({report.DifferPer1000:0.##} of a ")
                + "thousand).");
        if (report.PnlBeforeUsd != report.PnlNowUsd)
            target.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"closed trades: {report.PnlBeforeUsd:0.00} USD before, {report.PnlNowUsd:0.00} USD now."));
    }

    /// <summary>A symbol's first difference.</summary>
    public static void Write(Divergence first, TextWriter target)
    {
        target.WriteLine(
            $"{(first.Symbol.Length == 0 ? "(no symbol)" : first.Symbol)} differs first at "
            + $"{ShownText.Time(first.AtMs)}: "
            + $"{first.Role} on {first.Stream}, given {first.Source}");
        if (first.Input.Count > 0) target.WriteLine($"  input:  {Fields(first.Input)}");
        target.WriteLine($"  before: {Decision(first.Before, first.Fields)}");
        target.WriteLine($"  now:    {Decision(first.Now, first.Fields)}");
    }

    private static string Decision(IReadOnlyDictionary<string, string>? decision, IReadOnlyList<string> differing) =>
        decision is null ? "nothing"
        : differing.Count == 0 ? Fields(decision)
        : string.Join(' ', differing.Select(name => $"{name}={decision.GetValueOrDefault(name, "(none)")}"));

    private static string Fields(IReadOnlyDictionary<string, string> fields) =>
        string.Join(' ', fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Key}={field.Value}"));
}
