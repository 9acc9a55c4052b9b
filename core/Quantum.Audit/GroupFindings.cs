using Quantum.EventLog;

namespace Quantum.Audit;

/// <summary>What a group's figures mean, in words, with the command that mends it.</summary>
internal static class GroupFindings
{
    private const int MostNamed = 20;
    private const int MostRemoved = 50;

    /// <summary>Lua: acknowledges what is pending and gone. KEYS stream | ARGV group.</summary>
    private const string Forget =
        "local n,from=0,\"-\" while true do local p=redis.call(\"XPENDING\",KEYS[1],ARGV[1],from,\"+\",1000) "
        + "if #p==0 then return n end for _,r in ipairs(p) do if #redis.call(\"XRANGE\",KEYS[1],r[1],r[1])==0 then "
        + "n=n+redis.call(\"XACK\",KEYS[1],ARGV[1],r[1]) end end from=\"(\"..p[#p][1] end";

    /// <summary>Lua: removes named consumers while they hold nothing. KEYS stream | ARGV group name...</summary>
    private const string Remove =
        "local n=0 for _,c in ipairs(redis.call(\"XINFO\",\"CONSUMERS\",KEYS[1],ARGV[1])) do local f={} "
        + "for i=1,#c,2 do f[c[i]]=c[i+1] end for i=2,#ARGV do if f.name==ARGV[i] and f.pending==0 then "
        + "redis.call(\"XGROUP\",\"DELCONSUMER\",KEYS[1],ARGV[1],f.name) n=n+1 end end end return n";

    public static IEnumerable<Finding> Of(RedisFacts redis, StreamReport stream, GroupReport group, StreamFacts? facts)
    {
        if (group.IsRecorder)
        {
            if (OfRecorder(redis, stream, group) is { } late) yield return late;
            yield break;
        }

        var isLossy = StreamKind.Of(stream.Name)?.IsTail == true;
        if (OfVerdict(redis, stream, group, isLossy) is { } verdict) yield return verdict;
        if (group.StaleConsumers > 0)
            yield return Make(FindingCodes.Stale, Severity.Warning, stream, group, group.StaleConsumers,
                $"STALE {group.StaleConsumers}: {group.StaleConsumers} of {group.Consumers} consumers registered in "
                + $"{group.Name} have nothing alive behind them.",
                StaleMend(redis, stream, group));
        if (group.DestroyedUnread > 0 && !isLossy) yield return Destroyed(stream, group);
        if (facts?.Groups.FirstOrDefault(g => g.Name == group.Name) is { LostCount: > 0 } lost)
            yield return LostPending(redis, stream, group, lost);
        if (group.IsReportedLagWrong)
            yield return Make(FindingCodes.ReportedLagWrong, Severity.Info, stream, group, group.ReportedLag!.Value,
                $"Redis reports a lag of {group.ReportedLag}, {group.Unread} entries can be read: "
                + "scalers and dashboards see the wrong figure.",
                LagMend(redis, stream, group));
        if (group.IsPinning)
            yield return Make(FindingCodes.PinningGroup, Severity.Warning, stream, group, group.Unread,
                $"{group.Name} does not move and so keeps {stream.Name} from being trimmed: its oldest entry is "
                + $"{Age(stream.FirstAgeMs)} old.",
                "start its reader, or give it up: "
                + redis.KeyCli.Command("XGROUP", "DESTROY", stream.Name, group.Name));
    }

    // What is lost to an archive is no loss of the system's: nothing halts for it, and the recorder tells it by itself.
    private static Finding? OfRecorder(RedisFacts redis, StreamReport stream, GroupReport group)
    {
        if (group.Verdict != Verdict.NoActiveConsumer && group.DestroyedUnread == 0) return null;
        var lost = group.DestroyedUnread > 0
            ? $", and {(group.DestroyedUnreadBound == Bound.AtLeast ? "at least " : "")}{group.DestroyedUnread} went "
                + "unrecorded"
            : "";
        return Make(FindingCodes.RecorderBehind, Severity.Warning, stream, group, group.Unread + group.DestroyedUnread,
            $"nobody records {stream.Name} for its archive: {group.Unread} entries wait{Waited(group)}{lost}; "
            + "retention "
            + $"waits for {ILogSession.MostForRecorder} entries, then the oldest go.",
            $"./quantum record --redis {RedisCli.Word(redis.Given)}, or give it up: ./quantum record --forget --redis "
            + RedisCli.Word(redis.Given));
    }

    private static string StaleMend(RedisFacts redis, StreamReport stream, GroupReport group)
    {
        string[] free = [.. group.Stale.Where(c => c.Pending == 0).Select(c => c.Name).Take(MostRemoved)];
        if (free.Length == 0)
        {
            return group.Role is null || !redis.IsQuantum
                ? "let a reader that lives take over what they hold (XAUTOCLAIM), then look again"
                : "all hold entries, which their reader takes over: " + StartMend.Of(redis, [group.Role]);
        }

        var byHand = free.Length == 1
            ? redis.KeyCli.Command("XGROUP", "DELCONSUMER", stream.Name, group.Name, free[0])
            : redis.KeyCli.Command(["EVAL", Remove, "1", stream.Name, group.Name, .. free]);
        return AuditFix.CanReap(redis, group) ? $"{Fix(redis)}, or: {byHand}" : byHand;
    }

    private static string LagMend(RedisFacts redis, StreamReport stream, GroupReport group)
    {
        var byHand = redis.KeyCli.Command(
            "XGROUP", "SETID", stream.Name, group.Name, group.Position ?? "0-0", "ENTRIESREAD",
            ((stream.EntriesAdded ?? 0) - group.Unread).ToString(CultureInfo.InvariantCulture));
        if (AuditFix.CanRepairLag(redis, stream, group)) return $"{Fix(redis)}, or: {byHand}";
        return group.DestroyedUnread > 0 ? $"write down what was lost, of which it is a trace, then: {byHand}" : byHand;
    }

    private static string Fix(RedisFacts redis) => $"./quantum audit --fix --redis {RedisCli.Word(redis.Given)}";

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
                ReaderMend(redis, stream, group)),
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
                ReaderMend(redis, stream, group)),
            _ => null,
        };
    }

    private static Finding LostPending(RedisFacts redis, StreamReport stream, GroupReport group, GroupFacts lost)
    {
        var least = lost.LostBound == Bound.AtLeast ? "at least " : "";
        var what = lost.LostCount == 1
            ? $"{least}{lost.LostPending[0]} was"
            : $"{least}{lost.LostCount} entries, the oldest {lost.LostPending[0]}, were";
        var forget = lost.LostCount <= MostNamed && lost.LostBound == Bound.Exact
            ? redis.KeyCli.Command(["XACK", stream.Name, group.Name, .. lost.LostPending.Select(id => id.ToString())])
            : redis.KeyCli.Command("EVAL", Forget, "1", stream.Name, group.Name);
        return Make(FindingCodes.DestroyedPending, Severity.Critical, stream, group, lost.LostCount,
            $"{what} delivered through {group.Name} and trimmed away or deleted before being acknowledged: "
            + "what has not taken effect is lost.",
            $"check by hand what took effect, then: {forget}") with { CountBound = lost.LostBound };
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
            "remove MAXLEN from whatever writes or trims the stream; what is lost can only be published again") with
            {
                CountBound = group.DestroyedUnreadBound,
            };
    }

    private static string ReaderMend(RedisFacts redis, StreamReport stream, GroupReport group) => group.Role is null
        ? $"start its reader, or give it up: {redis.KeyCli.Command("XGROUP", "DESTROY", stream.Name, group.Name)}"
        : StartMend.Of(redis, [group.Role]);

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
