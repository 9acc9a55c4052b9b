namespace Quantum.Audit;

/// <summary>
/// What <c>./quantum audit --fix</c> can mend: a finding names it exactly where it works. It writes only where leases
/// and members tell who lives, and only where all its keys are on one server.
/// </summary>
public static class AuditFix
{
    /// <summary>Whether stale consumers that hold nothing can be removed.</summary>
    public static bool CanReap(RedisFacts redis, GroupReport group)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(group);
        return redis is { CanFix: true, IsQuantum: true } && group.Role is not null
            && group.Stale.Any(consumer => consumer.Pending == 0);
    }

    /// <summary>Whether a wrong reported lag can be set right.</summary>
    public static bool CanRepairLag(RedisFacts redis, StreamReport stream, GroupReport group)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(group);
        // A loss must be seen before the figure that shows it is set right: elsewhere it is the only trace of it.
        return redis is { CanFix: true, IsQuantum: true } && group.Role is not null && group.IsReportedLagWrong
            && group.DestroyedUnread == 0 && stream.EntriesAdded is not null;
    }

    /// <summary>Whether a missing group can be made.</summary>
    public static bool CanMake(RedisFacts redis, GroupReport group)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(group);
        return redis.CanFix && group.Verdict == Verdict.MissingGroup;
    }
}
