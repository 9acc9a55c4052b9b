using Quantum.Audit;

namespace Quantum.Cli.Audit;

/// <summary>The audit's table as text, for terminal and pipe alike.</summary>
internal static class AuditRows
{
    private const string Indent = "  ";

    public static IEnumerable<AuditRow> Of(
        AuditReport report, AuditLayout layout, Func<StreamReport, string>? rate = null) =>
        report.Streams.SelectMany(stream =>
            Of(layout, stream, (rate ?? (s => ShownText.Rate(s.RatePerS)))(stream)));

    private static IEnumerable<AuditRow> Of(AuditLayout layout, StreamReport stream, string rate)
    {
        if (layout.IsTree || stream.Groups.Count == 0)
            yield return Row(layout, stream, null, column => OfStream(layout, stream, rate, column));
        for (var i = 0; i < stream.Groups.Count; i++)
        {
            var group = stream.Groups[i];
            var isFirst = i == 0 && !layout.IsTree;
            yield return Row(layout, stream, group, column => (column, layout.IsTree) switch
            {
                (AuditColumn.Stream, true) => Indent + layout.NameOf(group),
                (AuditColumn.Verdict, _) => string.Join(
                    ", ", isFirst && OfStream(layout, stream, rate, column) is { Length: > 0 } whole
                        ? [whole, .. group.Verdicts] : group.Verdicts),
                _ => OfGroup(layout, group, column) is { Length: > 0 } text ? text
                    : isFirst ? OfStream(layout, stream, rate, column) : "",
            });
        }
    }

    private static AuditRow Row(
        AuditLayout layout, StreamReport stream, GroupReport? group, Func<AuditColumn, string> cell) =>
        new([.. layout.Columns.Select(cell)], stream, group);

    private static string OfStream(AuditLayout layout, StreamReport stream, string rate, AuditColumn column) =>
        column switch
        {
            AuditColumn.Stream => layout.NameOf(stream),
            AuditColumn.Length => stream.Verdict is StreamVerdict.CouldNotAsk or StreamVerdict.WrongType
                ? "?" : ShownText.Number(stream.Length),
            AuditColumn.Rate => rate,
            AuditColumn.Last => ShownText.Age(stream.LastAgeMs),
            AuditColumn.Verdict => stream.Verdict is { } verdict
                ? JsonNamingPolicy.SnakeCaseUpper.ConvertName(verdict.ToString()) : "",
            _ => "",
        };

    private static string OfGroup(AuditLayout layout, GroupReport group, AuditColumn column) => column switch
    {
        AuditColumn.Group => layout.NameOf(group),
        AuditColumn.Unread => Bounded(group.Unread, group.UnreadBound),
        AuditColumn.Oldest => ShownText.Age(group.OldestUnreadAgeMs),
        AuditColumn.Lost => group.DestroyedUnread == 0 ? ""
            : Bounded(group.DestroyedUnread, group.DestroyedUnreadBound),
        AuditColumn.Pending => group.Pending == 0 ? "" : ShownText.Number(group.Pending)
            + (layout.IsTree ? "" : $" ({ShownText.Age(group.OldestPendingAgeMs)})"),
        AuditColumn.Consumers => ShownText.Number(group.Consumers),
        _ => "",
    };

    /// <summary>A figure with what it says about the truth.</summary>
    public static string Bounded(long value, Bound bound) => bound switch
    {
        Bound.AtLeast => "≥",
        Bound.AtMost => "≤",
        _ => "",
    } + ShownText.Number(value);
}
