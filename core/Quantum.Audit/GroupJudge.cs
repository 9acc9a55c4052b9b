namespace Quantum.Audit;

/// <summary>
/// Says whether somebody reads. In a system of ours leases and heartbeats say it; elsewhere two looks: work waits and
/// neither position nor pending has moved. A consumer's idle time proves nothing before Redis 7.2.
/// </summary>
internal static class GroupJudge
{
    private const long EarliestIdMs = 946_684_800_000; // 2000-01-01: lower ids were given by hand and tell no time.
    private const long StuckAfterMs = 15_000;
    private const long ForeignStaleMs = 3_600_000;
    private const double OverdueFactor = 1.25;

    /// <summary>A recorder writes within half a minute; behind this, ms, it is not there.</summary>
    private const long RecorderLateMs = 120_000;

    public static GroupReport Judge(
        SystemFacts system, StreamFacts stream, GroupFacts group, GroupFacts? before, ExpectedReader? expected,
        long nowMs)
    {
        var backlog = Backlog.Of(stream, group);
        var oldest = OldestUnread(stream, group, backlog);
        var moved = before is null || before.Position != group.Position || before.Pending != group.Pending;
        var report = new GroupReport
        {
            Name = group.Name, Role = expected?.Role, Unread = backlog.Unread, UnreadBound = backlog.UnreadBound,
            DestroyedUnread = backlog.Destroyed, DestroyedUnreadBound = backlog.DestroyedBound,
            Pending = group.Pending, OldestPendingAgeMs = group.OldestPending?.IdleMs,
            OldestPendingDeliveries = group.OldestPending?.Deliveries ?? 0,
            OldestUnreadAgeMs = AgeMs(oldest, nowMs), Consumers = group.Consumers, StaleConsumers = 0,
            Verdict = Verdict.Idle, ReportedLag = group.Lag, Position = group.Position.ToString(),
        };
        var verdict = report.IsRecorder
            ? OfRecorder(report, moved)
            : expected is not null && system.Redis.IsQuantum
            ? OfOurs(system, expected, report, moved)
            : OfForeign(report, moved);
        if (!stream.IsKnown) verdict = Verdict.Unknown;
        if (verdict == Verdict.Active && !moved && !IsProven(system, group, report, expected))
            verdict = Verdict.Unknown;
        report = report with { Verdict = verdict };
        report = report with { IsPinning = IsPinning(stream, report, nowMs) };
        ConsumerFacts[] stale = [.. group.Members.Where(m => IsStale(system, expected, report, moved, m))];
        return report with { StaleConsumers = stale.Length, Stale = stale };
    }

    public static GroupReport Missing(StreamFacts stream, ExpectedReader expected, long nowMs) => new()
    {
        Name = expected.Group, Role = expected.Role, Unread = stream.Length, DestroyedUnread = 0, Pending = 0,
        Consumers = 0, StaleConsumers = 0, Verdict = Verdict.MissingGroup,
        OldestUnreadAgeMs = AgeMs(stream.First, nowMs),
    };

    public static long? AgeMs(EntryId? id, long nowMs) =>
        id is { Ms: > EarliestIdMs } known ? Math.Max(0, nowMs - known.Ms) : null;

    /// <summary>False when a group that stands still is called active only because its ages could not be
    /// asked.</summary>
    private static bool IsProven(SystemFacts system, GroupFacts group, GroupReport report, ExpectedReader? expected) =>
        (group.IsPendingKnown || report.Pending == 0)
        && (group.IsRangeKnown || report.Unread == 0 || expected is null || !system.Redis.IsQuantum);

    private static bool IsPinning(StreamFacts stream, GroupReport group, long nowMs)
    {
        if (StreamKind.Of(stream.Key)?.Retention.MinAge is not { } kept || group.Unread == 0) return false;
        if (group.Verdict is not (Verdict.NoActiveConsumer or Verdict.Stuck)) return false;
        return AgeMs(stream.First, nowMs) > kept.TotalMilliseconds * OverdueFactor;
    }

    private static EntryId? OldestUnread(StreamFacts stream, GroupFacts group, Backlog backlog)
    {
        if (backlog.Unread == 0) return null;
        return group.Position < stream.First ? stream.First : group.FirstUnread;
    }

    private static Verdict OfOurs(SystemFacts system, ExpectedReader expected, GroupReport report, bool moved)
    {
        var waits = report.Unread > 0 || report.Pending > 0;
        if (!expected.IsHeld(system))
        {
            if (!system.AreLeasesKnown || !system.AreMembersKnown) return moved ? Verdict.Active : Verdict.Unknown;
            var someoneLives = expected.IsRequired && system.Redis.Members.Count > 0;
            return waits || someoneLives ? Verdict.NoActiveConsumer : Verdict.Idle;
        }

        if (!waits) return moved ? Verdict.Active : Verdict.Idle;
        var ageMs = Math.Max(report.OldestUnreadAgeMs ?? 0, report.OldestPendingAgeMs ?? 0);
        return !moved && ageMs > expected.Stream.LagObjective.TotalMilliseconds ? Verdict.Stuck : Verdict.Active;
    }

    // It holds no seat and takes its time: only what waits too long says that nobody records.
    private static Verdict OfRecorder(GroupReport report, bool moved) =>
        report.Unread == 0 ? Verdict.Idle
        : moved || !(report.OldestUnreadAgeMs > RecorderLateMs) ? Verdict.Active
        : Verdict.NoActiveConsumer;

    private static Verdict OfForeign(GroupReport report, bool moved)
    {
        if (moved) return Verdict.Active;
        if (report.Unread > 0) return Verdict.NoActiveConsumer;
        if (report.Pending == 0) return Verdict.Idle;
        return report.OldestPendingAgeMs > StuckAfterMs ? Verdict.Stuck : Verdict.Active;
    }

    private static bool IsStale(
        SystemFacts system, ExpectedReader? expected, GroupReport report, bool moved, ConsumerFacts consumer)
    {
        if (expected is null)
            return report.Verdict == Verdict.NoActiveConsumer || consumer.IdleMs > ForeignStaleMs;
        if (consumer.Name == StreamConsumer.Name || !system.AreMembersKnown) return false;
        if (system.Redis.IsQuantum || !moved) return !system.IsAlive(expected.Role, consumer.Name);
        // Somebody else's reader under our names, and it reads: who took something lately lives.
        return consumer.IdleMs > StuckAfterMs;
    }
}
