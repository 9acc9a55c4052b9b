using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Audit;

/// <summary>What a group's figures mean, in words, with the command that mends it.</summary>
internal static class GroupFindings
{
    private const int MostNamed = 20;

    public static IEnumerable<Finding> Of(RedisFacts redis, StreamReport stream, GroupReport group, StreamFacts? facts)
    {
        var isLossy = StreamKind.Of(stream.Name)?.IsTail == true;
        if (OfVerdict(redis, stream, group, isLossy) is { } verdict) yield return verdict;
        if (group.StaleConsumers > 0)
            yield return Make(FindingCodes.Stale, Severity.Warning, stream, group, group.StaleConsumers,
                $"STALE {group.StaleConsumers}: {group.StaleConsumers} of {group.Consumers} consumers registered in "
                + $"{group.Name} have nothing alive behind them.",
                $"./quantum audit --fix, or: redis-cli XGROUP DELCONSUMER {stream.Name} {group.Name} <consumer> "
                + "(drops what it holds: XINFO CONSUMERS must show pending 0)");
        if (group.DestroyedUnread > 0 && !isLossy) yield return Destroyed(stream, group);
        if (facts?.Groups.FirstOrDefault(g => g.Name == group.Name)?.LostPending is { Count: > 0 } lost)
            yield return LostPending(stream, group, lost);
        if (group.ReportedLag is { } lag && group.UnreadBound == Bound.Exact && lag != group.Unread)
            yield return Make(FindingCodes.ReportedLagWrong, Severity.Info, stream, group, lag,
                $"Redis reports a lag of {lag}, {group.Unread} entries can be read: "
                + "scalers and dashboards see the wrong figure.",
                $"./quantum audit --fix, or: redis-cli XGROUP SETID {stream.Name} {group.Name} {group.Position} "
                + $"ENTRIESREAD {(stream.EntriesAdded ?? 0) - group.Unread}");
        if (group.IsPinning)
            yield return Make(FindingCodes.PinningGroup, Severity.Warning, stream, group, group.Unread,
                $"{group.Name} does not move and so keeps {stream.Name} from being trimmed: its oldest entry is "
                + $"{Age(stream.FirstAgeMs)} old.",
                $"start its reader, or give it up: redis-cli XGROUP DESTROY {stream.Name} {group.Name}");
    }

    private static Finding? OfVerdict(RedisFacts redis, StreamReport stream, GroupReport group, bool isLossy)
    {
        var waits = group.Unread > 0 || group.Pending > 0;
        var who = group.Role is null ? "nobody" : $"no live {group.Role}";
        var count = $"{(group.UnreadBound == Bound.AtLeast ? "at least " : "")}{group.Unread}";
        return group.Verdict switch
        {
            Verdict.NoActiveConsumer => Make(FindingCodes.NoActiveConsumer,
                waits && !isLossy ? Severity.Critical : Severity.Warning, stream, group, group.Unread,
                $"{Upper(who)} reads {stream.Name}: {count} entries wait{Waited(group)} and "
                + $"{group.Pending} are pending in {group.Name}, which shows {group.Consumers} consumers.",
                StartMend(redis, stream, group)),
            Verdict.Stuck => Make(FindingCodes.Stuck, Severity.Critical, stream, group, group.Unread + group.Pending,
                $"the reader of {group.Name} is there but nothing moves: {count} entries wait{Waited(group)}, "
                + $"{group.Pending} pending"
                + (group.Pending > 0 ? $", the oldest for {Age(group.OldestPendingAgeMs)}." : "."),
                group.Role is null
                    ? "restart its reader"
                    : $"read the log of {ServiceHosts.Of(group.Role).Name}, then restart it"),
            Verdict.MissingGroup => Make(FindingCodes.MissingGroup,
                redis.IsQuantum && !isLossy && waits ? Severity.Critical : Severity.Warning,
                stream, group, group.Unread,
                $"the group {group.Name} is missing: {group.Role} has never read {stream.Name}, "
                + $"which holds {group.Unread} entries.",
                StartMend(redis, stream, group)),
            _ => null,
        };
    }

    private static Finding LostPending(StreamReport stream, GroupReport group, IReadOnlyList<EntryId> lost)
    {
        var what = lost.Count == 1 ? $"{lost[0]} was" : $"{lost.Count} entries, the oldest {lost[0]}, were";
        return Make(FindingCodes.DestroyedPending, Severity.Critical, stream, group, lost.Count,
            $"{what} delivered through {group.Name} and trimmed away before being acknowledged: "
            + "what has not taken effect is lost.",
            $"redis-cli XACK {stream.Name} {group.Name} {string.Join(' ', lost.Take(MostNamed))}, "
            + "after the effects were checked by hand");
    }

    private static Finding Destroyed(StreamReport stream, GroupReport group)
    {
        var (word, severity) = group.DestroyedUnreadBound switch
        {
            Bound.Exact => ("", Severity.Critical),
            Bound.AtLeast => ("at least ", Severity.Critical),
            _ => ("at most ", Severity.Warning),
        };
        return Make(FindingCodes.DestroyedUnread, severity, stream, group, group.DestroyedUnread,
            $"{word}{group.DestroyedUnread} entries of {stream.Name} were trimmed or deleted before "
            + $"{group.Name} read them: no reader will ever see them.",
            "remove MAXLEN from whatever writes or trims the stream; what is lost can only be published again");
    }

    private static string StartMend(RedisFacts redis, StreamReport stream, GroupReport group)
    {
        if (group.Role is null)
            return $"start its reader, or give it up: redis-cli XGROUP DESTROY {stream.Name} {group.Name}";
        var host = ServiceHosts.Of(group.Role).Name;
        return redis is { IsQuantum: true, Members.Count: > 0 }
            ? $"start the service '{host}', which runs {group.Role}"
            : $"./quantum up starts '{host}', which runs {group.Role}";
    }

    private static string Waited(GroupReport group) =>
        group.OldestUnreadAgeMs is { } ms ? $" (the oldest for {Age(ms)})" : "";

    private static string Age(long? ms) => ms is not { } known
        ? "an unknown time"
        : TimeSpan.FromMilliseconds(known) switch
        {
            { TotalDays: >= 2 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalDays:0.#} days"),
            { TotalHours: >= 2 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalHours:0.#} h"),
            { TotalMinutes: >= 2 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMinutes:0.#} min"),
            var t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.#} s"),
        };

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static Finding Make(
        string code, Severity severity, StreamReport stream, GroupReport group, long count, string text, string mend) =>
        new(code, severity, stream.Name, group.Name, count, Upper(text), mend);
}
