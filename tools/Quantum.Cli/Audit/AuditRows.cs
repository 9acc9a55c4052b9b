using System.Text.Json;
using Quantum.EventLog.Audit;

namespace Quantum.Cli.Audit;

/// <summary>The audit's table as text, for terminal and pipe alike.</summary>
internal static class AuditRows
{
    public static readonly string[] Header =
        ["stream", "length", "rate", "last", "group", "verdict", "unread", "oldest", "lost", "pending", "consumers"];

    public static IEnumerable<(string[] Cells, GroupReport? Group)> Of(
        AuditReport report, Func<StreamReport, string>? rate = null)
    {
        foreach (var stream in report.Streams)
        {
            string[] head =
            [
                stream.Name, ShownText.Number(stream.Length), (rate ?? (s => ShownText.Rate(s.RatePerS)))(stream),
                ShownText.Age(stream.LastAgeMs),
            ];
            if (stream.Groups.Count == 0) yield return ([.. head, "", NoGroup(stream), "", "", "", "", ""], null);
            for (var i = 0; i < stream.Groups.Count; i++)
                yield return ([.. i == 0 ? head : ["", "", "", ""], .. Cells(stream.Groups[i])], stream.Groups[i]);
        }
    }

    public static string VerdictText(Verdict verdict) =>
        JsonNamingPolicy.SnakeCaseUpper.ConvertName(verdict.ToString());

    private static string NoGroup(StreamReport stream) =>
        stream.Known ? FindingCodes.OrphanStream : FindingCodes.UnknownStream;

    private static string[] Cells(GroupReport group) =>
    [
        group.Name, VerdictText(group.Verdict) + (group.StaleConsumers > 0 ? $", STALE {group.StaleConsumers}" : ""),
        Bounded(group.Unread, group.UnreadBound), ShownText.Age(group.OldestUnreadAgeMs),
        group.DestroyedUnread == 0 ? "" : Bounded(group.DestroyedUnread, group.DestroyedUnreadBound),
        group.Pending == 0 ? "" : $"{ShownText.Number(group.Pending)} ({ShownText.Age(group.OldestPendingAgeMs)})",
        ShownText.Number(group.Consumers),
    ];

    private static string Bounded(long value, Bound bound) => bound switch
    {
        Bound.AtLeast => "≥",
        Bound.AtMost => "≤",
        _ => "",
    } + ShownText.Number(value);
}
