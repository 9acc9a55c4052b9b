using Quantum.Replay;

namespace Quantum.Cli.Replays;

/// <summary>What a replay found, as a table and the first difference of each symbol.</summary>
internal static class ReplayText
{
    private const int LongestValue = 200;
    private const int Before = 40;

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
        if (report.MoreSymbols > 0)
            target.WriteLine($"{report.MoreSymbols} symbols more differ; the first {report.First.Count} are shown.");
        target.WriteLine(report.Different == 0
            ? $"all {report.Same} decisions are the same."
            : string.Create(CultureInfo.InvariantCulture,
                $"{report.Different} of {report.Same + report.Different} decisions differ "
                + $"({report.DifferPer1000:0.##} of a ")
                + "thousand).");
        if (report.DoubtfulTrades == 0 && report.NewIntents == 0) return;
        target.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Trades} trades were closed and made {report.TradesUsd:0.00} USD; of {report.DoubtfulTrades} of ")
            + string.Create(CultureInfo.InvariantCulture,
                $"them, which made {report.DoubtfulTradesUsd:0.00} USD, an intent is another one now or none, and ")
            + $"{report.NewIntents} intents are new. What those would make a replay cannot tell: backtest it.");
    }

    /// <summary>A symbol's first difference.</summary>
    public static void Write(Divergence first, TextWriter target)
    {
        target.WriteLine(
            $"{(first.Symbol.Length == 0 ? "(no symbol)" : first.Symbol)} differs first at "
            + $"{ShownText.Time(first.AtMs)}: "
            + $"{first.Role} on {first.Stream}, given {first.Source}");
        if (first.Input.Count > 0) target.WriteLine($"  input:  {Fields(first.Input)}");
        target.WriteLine($"  before: {Decision(first.Before, first.Now, first.Fields)}");
        target.WriteLine($"  now:    {Decision(first.Now, first.Before, first.Fields)}");
    }

    private static string Decision(
        IReadOnlyDictionary<string, string>? decision, IReadOnlyDictionary<string, string>? other,
        IReadOnlyList<string> differing) =>
        decision is null ? "nothing"
        : differing.Count == 0 ? Fields(decision)
        : string.Join(' ', differing.Select(name =>
        {
            var value = decision.GetValueOrDefault(name, "(none)");
            var same = value.AsSpan().CommonPrefixLength((other?.GetValueOrDefault(name)).AsSpan());
            return $"{name}={Shown(value, same)}";
        }));

    private static string Fields(IReadOnlyDictionary<string, string> fields) => string.Join(
        ' ', fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Key}={Shown(field.Value, 0)}"));

    // A trained model is one value of many pages: of such what differs is shown, and --json has all.
    private static string Shown(string value, int differsAt)
    {
        if (value.Length <= LongestValue) return value;
        var from = Math.Clamp(differsAt - Before, 0, value.Length - LongestValue);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(from > 0 ? "…" : "")}{value.AsSpan(from, LongestValue)}… ({value.Length:N0} characters)");
    }
}
