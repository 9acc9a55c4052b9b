namespace Quantum.Audit;

/// <summary>
/// What waits for a group and what it lost, from figures that are right even where Redis' own lag is not.
/// <para>Unread is the number of entries in the stream behind the group's position. It is exact when the group is at
/// the end, before the first entry, when nothing was ever removed and the read counter is known, or when counting
/// came to the end; else it is a proven least number.</para>
/// <para>Destroyed unread is the number of entries behind the position that were added and are gone. Nothing can be
/// gone there while the position is not before the first entry and no deletion lies ahead: exactly 0. Before the
/// first entry it is added - read - unread (Redis counts what it delivers), exact while nobody deleted: what the group
/// skipped over an earlier gap stays in it, for no one ever read that. With deletions, or without a read counter, it
/// is a most; a deletion ahead without a counter makes it at least 1.</para>
/// </summary>
internal readonly record struct Backlog(long Unread, Bound UnreadBound, long Destroyed, Bound DestroyedBound)
{
    public static Backlog Of(StreamFacts stream, GroupFacts group)
    {
        var (unread, bound) = UnreadOf(stream, group);
        var (destroyed, destroyedBound) = DestroyedOf(stream, group, unread, bound);
        return new Backlog(unread, bound, destroyed, destroyedBound);
    }

    /// <summary>True when the position is inside the stream, so that only counters or counting tell the rest.</summary>
    public static bool IsInside(StreamFacts stream, GroupFacts group) =>
        stream.Length > 0 && group.Position >= stream.First && group.Position < stream.Last;

    /// <summary>True when counters alone give the exact figure of a group inside the stream.</summary>
    public static bool CountersSuffice(StreamFacts stream, GroupFacts group) =>
        stream.Added == stream.Length && stream.MaxDeleted == EntryId.Zero && group.EntriesRead is not null;

    private static (long, Bound) UnreadOf(StreamFacts stream, GroupFacts group)
    {
        if (!stream.IsKnown) return (0, Bound.AtLeast);
        if (stream.Length == 0 || group.Position >= stream.Last) return (0, Bound.Exact);
        if (group.Position < stream.First) return (stream.Length, Bound.Exact);
        if (CountersSuffice(stream, group)) return (stream.Length - group.EntriesRead!.Value, Bound.Exact);
        if (group.CountedAll) return (group.Counted, Bound.Exact);
        var least = Math.Max(1, group.Counted);
        // Every entry removed from the front was skipped at most once, so the lag is off by no more than that.
        if (stream.MaxDeleted == EntryId.Zero && stream.Added is { } added && group.EntriesRead is { } read)
            least = Math.Max(least, added - read - (added - stream.Length));
        return (least, Bound.AtLeast);
    }

    private static (long, Bound) DestroyedOf(StreamFacts stream, GroupFacts group, long unread, Bound bound)
    {
        if (stream.Added is not { } added) return (0, Bound.AtLeast);
        var removed = added - stream.Length;
        if (removed <= 0 || group.Position >= stream.LastGenerated) return (0, Bound.Exact);
        if (group.Position == EntryId.Zero) return (removed, Bound.Exact);
        var isDeletedAhead = stream.MaxDeleted is not { } deleted || deleted > group.Position;
        var isBeforeFirst = stream.First is not { } first || group.Position < first;
        if (!isBeforeFirst && !isDeletedAhead) return (0, Bound.Exact);
        var counted = group.EntriesRead is { } read ? Math.Clamp(added - read - unread, 0, removed) : (long?)null;
        if (isBeforeFirst)
        {
            return counted is { } figure && stream.MaxDeleted == EntryId.Zero
                ? (figure, Bound.Exact)
                : (counted ?? removed, Bound.AtMost);
        }

        return counted is { } most && bound == Bound.Exact
            ? (Math.Max(1, most), Bound.AtMost)
            : (1, Bound.AtLeast);
    }
}
