using Quantum.Audit;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Quantum.Cli.Audit;

/// <summary>
/// The audit for a terminal: coloured verdicts, the rate's history as bars, findings with their mend. The columns are
/// those that fit its width; on a screen that cannot scroll, what is wrong goes before what is fine.
/// </summary>
internal sealed class TerminalAudit
{
    private const int History = 16;
    private const int MostFindings = 20;
    private const int LinesAroundTable = 6;
    private readonly Dictionary<string, Queue<double>> _rates = [];

    /// <param name="report">What to show.</param>
    /// <param name="width">The terminal's columns.</param>
    /// <param name="height">Its lines, when all must stand on one screen; null when it may scroll.</param>
    public IRenderable Render(AuditReport report, int width, int? height = null)
    {
        foreach (var stream in report.Streams) Remember(stream);
        var layout = AuditLayout.For(report, width);
        var findings = FindingsFor(report, width, height);
        var left = height - LinesAroundTable - findings.Sum(finding => Height(finding, width));
        AuditRow[] all = [.. AuditRows.Of(report, layout, s => Rate(s, layout))];
        var rows = left is { } lines && all.Length > lines ? Worst(report, layout, lines) : all;
        return new Rows(
        [
            Head(report.Redis),
            .. PlainAudit.Kind(report.Redis) is { } kind
                ? [new Markup($"[grey]{Escape(kind)}[/]")] : Array.Empty<Markup>(),
            TableOf(layout.Fit(rows, width), layout),
            .. findings.SelectMany(Lines),
            .. Hidden(all.Length - rows.Length, report.Findings.Count - findings.Length),
            new Markup($"[{(report.IsHealthy ? "green" : "red")}]{Escape(PlainAudit.Conclusion(report))}[/]"),
        ]);
    }

    private static Markup Head(RedisFacts redis) => new(
        $"[bold]Redis {Escape(redis.Version)}[/] {Escape(redis.Address)}  "
        + (redis.IsKnown
            ? $"{redis.MemoryBytes >> 20} MiB  {redis.Clients} clients  {redis.CommandsPerS} commands/s  " : "")
        + $"[grey]{Escape(PlainAudit.Owner(redis))}[/]");

    private static Table TableOf(AuditRow[] rows, AuditLayout layout)
    {
        var table = new Table().Border(layout.IsShort ? TableBorder.None : TableBorder.Rounded);
        if (!layout.IsShort) table.Expand();
        var titles = layout.Titles.ToArray();
        for (var i = 0; i < titles.Length; i++)
        {
            var column = new TableColumn($"[grey]{titles[i]}[/]");
            // Only verdicts may stand on several lines: they are words, and where they do not fit they are most needed.
            if (layout.Columns[i] != AuditColumn.Verdict || !layout.IsShort) column.NoWrap();
            if (IsNumber(layout.Columns[i])) column.RightAligned();
            if (layout.IsShort) column.PadLeft(0).PadRight(i == titles.Length - 1 ? 0 : 1);
            table.AddColumn(column);
        }

        foreach (var row in rows)
            table.AddRow([.. row.Cells.Select((cell, i) => Cell(cell, layout.Columns[i], row, layout))]);
        return table;
    }

    private static bool IsNumber(AuditColumn column) =>
        column is not (AuditColumn.Stream or AuditColumn.Group or AuditColumn.Verdict or AuditColumn.Rate);

    private static Markup Cell(string text, AuditColumn column, AuditRow row, AuditLayout layout)
    {
        var colour = (column, row.Group) switch
        {
            (AuditColumn.Stream, null) when layout.IsTree => "bold",
            (AuditColumn.Verdict, { Verdict: Verdict.Stuck or Verdict.NoActiveConsumer }) => "red",
            (AuditColumn.Verdict, { } group) when IsTroubled(group) => "yellow",
            (AuditColumn.Verdict, { Verdict: Verdict.Active }) => "green",
            (AuditColumn.Verdict, { Verdict: Verdict.Idle }) => "grey",
            (AuditColumn.Verdict, _) => "yellow",
            (AuditColumn.Lost, _) => "red",
            (AuditColumn.Unread, { Unread: > 0 }) => "bold",
            _ => "default",
        };
        return new Markup($"[{colour}]{Escape(text)}[/]") { Overflow = Overflow.Ellipsis };
    }

    /// <summary>Only streams and groups that something is wrong with, as many as there are lines for.</summary>
    private AuditRow[] Worst(AuditReport report, AuditLayout layout, int lines)
    {
        var troubled = report with
        {
            Streams =
            [
                .. report.Streams
                    .Where(stream => stream.Verdict is not null || stream.Groups.Any(IsTroubled))
                    .Select(stream => stream with { Groups = [.. stream.Groups.Where(IsTroubled)] }),
            ],
        };
        return [.. AuditRows.Of(troubled, layout, s => Rate(s, layout)).Take(Math.Max(1, lines))];
    }

    private static bool IsTroubled(GroupReport group) =>
        group.Verdict is not (Verdict.Active or Verdict.Idle) || group.Verdicts.Count > 1 || group.DestroyedUnread > 0;

    /// <summary>The worst ones, on a screen that cannot scroll at most half of it.</summary>
    private static Finding[] FindingsFor(AuditReport report, int width, int? height)
    {
        var used = 0;
        return
        [
            .. report.Findings.Take(MostFindings)
                .TakeWhile(finding => (used += Height(finding, width)) <= (height / 2 ?? int.MaxValue)),
        ];
    }

    private static int Height(Finding finding, int width) =>
        LinesOf(finding.Code.Length + finding.Text.Length + 3, width) + LinesOf(finding.Mend.Length + 2, width);

    // Lines end at words, so they hold a little less than the width.
    private static int LinesOf(int length, int width) => 1 + length * 10 / (9 * Math.Max(10, width));

    private static IEnumerable<Markup> Hidden(int rows, int findings)
    {
        if (rows <= 0 && findings <= 0) yield break;
        string[] what =
        [
            .. rows > 0 ? [$"{rows} lines of the table"] : Array.Empty<string>(),
            .. findings > 0 ? [$"{findings} findings"] : Array.Empty<string>(),
        ];
        yield return new Markup($"[grey]… and {string.Join(" and ", what)} more: --json has all[/]");
    }

    private static IEnumerable<Markup> Lines(Finding finding)
    {
        var colour = finding.Severity switch { Severity.Critical => "red", Severity.Warning => "yellow", _ => "blue" };
        yield return new Markup($"[{colour}]● {finding.Code}[/] {Escape(finding.Text)}");
        yield return new Markup($"  [grey]{Escape(finding.Mend)}[/]");
    }

    private void Remember(StreamReport stream)
    {
        if (!_rates.TryGetValue(stream.Name, out var rates)) _rates[stream.Name] = rates = new Queue<double>();
        rates.Enqueue(stream.RatePerS);
        if (rates.Count > History) rates.Dequeue();
    }

    private string Rate(StreamReport stream, AuditLayout layout) => layout.IsShort
        ? ShownText.Rate(stream.RatePerS)
        : $"{ShownText.Sparkline(_rates[stream.Name])} {ShownText.Rate(stream.RatePerS)}".Trim();

    private static string Escape(string text) => Markup.Escape(text);
}
