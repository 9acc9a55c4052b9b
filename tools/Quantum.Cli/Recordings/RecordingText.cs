using Quantum.Feeds.Check;

namespace Quantum.Cli.Recordings;

/// <summary>What a folder holds, as a table of the columns that fit the terminal and lines below it.</summary>
internal static class RecordingText
{
    private const int MostLines = 20;

    // From the left; where there is no room the last ones of the second list go first.
    private static readonly (string Title, int Rank, Func<ContentReport, string> Cell)[] s_columns =
    [
        ("symbol", 0, content => content.Symbol), ("form", 2, content => content.Form),
        ("interval", 1, content => content.Interval ?? ""), ("files", 6, content => ShownText.Number(content.Files)),
        ("rows", 0, content => ShownText.Number(content.Rows)), ("from", 1, content => Time(content.From)),
        ("to", 1, content => Time(content.To)), ("gaps", 3, content => ShownText.Number(content.Gaps)),
        ("missing", 5, content => ShownText.Number(content.MissingCandles)),
        ("twice", 4, content => ShownText.Number(content.EqualRows)), ("verdict", 0, Verdict),
    ];

    /// <param name="report">What to show.</param>
    /// <param name="target">Where.</param>
    /// <param name="width">The terminal's columns; null: all columns, for pipes and files.</param>
    public static void Write(RecordingReport report, TextWriter target, int? width)
    {
        if (report.Contents.Count > 0)
        {
            ShownText.Table(target, Fitting(report.Contents, width));
            target.WriteLine();
        }

        foreach (var content in report.Contents.Where(content => content.Fault is not null))
            target.WriteLine($"REFUSED {content.Symbol} {content.Form}: {content.Fault}");
        foreach (var file in report.LeftOut) target.WriteLine($"LEFT OUT {file.File}: {file.Reason}");
        Some(target, report.Contents.SelectMany(Notices).Concat(report.Notices.Select(text => $"note: {text}")));
        Some(target, report.Contents.SelectMany(content => content.FirstGaps).Select(gap => $"gap: {gap}"));
        target.WriteLine(report.Refusal is { } refusal ? $"Would be refused: {refusal}"
            : report.IsGood ? $"All of it plays, on {report.Interval} candles."
            : $"It plays on {report.Interval} candles, without what is left out.");
    }

    private static string[][] Fitting(IReadOnlyList<ContentReport> contents, int? width)
    {
        for (var rank = s_columns.Max(column => column.Rank); ; rank--)
        {
            var columns = s_columns.Where(column => column.Rank <= rank).ToArray();
            string[][] rows =
            [
                [.. columns.Select(column => column.Title)],
                .. contents.Select(content => columns.Select(column => column.Cell(content)).ToArray()),
            ];
            var widths = columns.Select((_, c) => rows.Max(row => ShownText.Width(row[c])));
            if (rank == 0 || !(widths.Sum() + 2 * (columns.Length - 1) > width)) return rows;
        }
    }

    private static IEnumerable<string> Notices(ContentReport content) =>
        content.Notices.Select(text => $"note: {content.Symbol} {content.Form}: {text}");

    private static void Some(TextWriter target, IEnumerable<string> lines)
    {
        var all = lines.Distinct().ToArray();
        foreach (var line in all.Take(MostLines)) target.WriteLine(line);
        if (all.Length > MostLines) target.WriteLine($"… and {all.Length - MostLines} more: --json has them");
    }

    private static string Verdict(ContentReport content) =>
        content.Fault is not null ? "refused" : content.IsWhole ? "good" : "partly left out";

    private static string Time(string? iso) =>
        iso is null ? "" : iso.Replace('T', ' ').Replace(":00Z", "", StringComparison.Ordinal).TrimEnd('Z');
}
