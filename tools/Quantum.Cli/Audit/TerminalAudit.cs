using Quantum.EventLog.Audit;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Quantum.Cli.Audit;

/// <summary>The audit for a terminal: coloured verdicts, the rate's history as bars, findings with their
/// mend.</summary>
internal sealed class TerminalAudit
{
    private const int History = 16;
    private const int MostFindings = 20;
    private readonly Dictionary<string, Queue<double>> _rates = [];

    public IRenderable Render(AuditReport report)
    {
        foreach (var stream in report.Streams) Remember(stream);
        var table = new Table().Border(TableBorder.Rounded).Expand();
        foreach (var title in AuditRows.Header) table.AddColumn(new TableColumn($"[grey]{title}[/]").NoWrap());
        foreach (var (cells, group) in AuditRows.Of(report, Rate))
            table.AddRow([.. cells.Select((cell, i) => Cell(cell, i, group))]);
        var redis = report.Redis;
        return new Rows(
        [
            new Markup(
                $"[bold]Redis {Escape(redis.Version)}[/] {Escape(redis.Address)}  {redis.MemoryBytes >> 20} MiB  "
                + $"{redis.Clients} clients  {redis.CommandsPerS} commands/s  "
                + $"[grey]{Escape(PlainAudit.Owner(redis))}[/]"),
            table,
            .. report.Findings.Take(MostFindings).SelectMany(Lines),
            .. report.Findings.Count > MostFindings
                ? [new Markup($"[grey]… and {report.Findings.Count - MostFindings} more: --json has all[/]")]
                : Array.Empty<Markup>(),
            new Markup(report.IsHealthy
                ? $"[green]{Escape(PlainAudit.Conclusion(report))}[/]"
                : $"[red]{Escape(PlainAudit.Conclusion(report))}[/]"),
        ]);
    }

    private static IEnumerable<Markup> Lines(Finding finding)
    {
        var colour = finding.Severity switch { Severity.Critical => "red", Severity.Warning => "yellow", _ => "blue" };
        yield return new Markup($"[{colour}]● {finding.Code}[/] {Escape(finding.Text)}");
        yield return new Markup($"  [grey]{Escape(finding.Mend)}[/]");
    }

    private static Markup Cell(string text, int column, GroupReport? group)
    {
        var colour = (column, group) switch
        {
            (5, { Verdict: Verdict.Active }) => "green",
            (5, { Verdict: Verdict.Idle }) => "grey",
            (5, { Verdict: Verdict.Stuck or Verdict.NoActiveConsumer }) => "red",
            (5, _) => "yellow",
            (8, _) => "red",
            (6, { Unread: > 0 }) => "bold",
            _ => "default",
        };
        return new Markup($"[{colour}]{Escape(text)}[/]");
    }

    private void Remember(StreamReport stream)
    {
        if (!_rates.TryGetValue(stream.Name, out var rates)) _rates[stream.Name] = rates = new Queue<double>();
        rates.Enqueue(stream.RatePerS);
        if (rates.Count > History) rates.Dequeue();
    }

    private string Rate(StreamReport stream) =>
        $"{ShownText.Sparkline(_rates[stream.Name])} {ShownText.Rate(stream.RatePerS)}".Trim();

    private static string Escape(string text) => Markup.Escape(text);
}
