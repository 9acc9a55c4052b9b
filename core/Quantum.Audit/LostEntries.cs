namespace Quantum.Audit;

/// <summary>
/// Counts what was delivered through a group, not acknowledged, and is gone. Below the first entry everything pending
/// is gone; between the first and the highest deleted one it is looked up entry by entry.
/// </summary>
internal sealed class LostEntries(Asking asking)
{
    /// <summary>Rows of one question, and questions of one look over all groups.</summary>
    private const int Page = 1000;
    private const int MostPages = 50;

    /// <summary>Pending entries that are looked up one by one behind the stream's first entry, of a group and of all
    /// groups.</summary>
    private const int MostLookedUp = 100;
    private const int MostLookedUpOfAll = 1000;
    private const int MostNamed = 20;

    /// <param name="asked">The groups; their figures are added.</param>
    /// <param name="entriesRead">Grows by the entries that were read for it.</param>
    public void Count(IReadOnlyList<AskedGroup> asked, ref int entriesRead)
    {
        var open = asked.Where(a => a.Group is { Pending: > 0, IsPendingKnown: true } && MayHaveLost(a)).ToList();
        CountBelow([.. open.Where(IsBelowFirst)]);
        var left = MostLookedUpOfAll;
        foreach (var a in open.Where(IsDeletedInside))
        {
            if (left > 0) left -= LookUp(a, Math.Min(left, MostLookedUp), ref entriesRead);
            else a.Group = a.Group with { LostBound = Bound.AtLeast };
        }
    }

    private static bool MayHaveLost(AskedGroup asked) => IsBelowFirst(asked) || IsDeletedInside(asked);

    private static bool IsBelowFirst(AskedGroup asked) =>
        asked.Stream.First is not { } first || asked.Group.OldestPending?.Id < first;

    private static bool IsDeletedInside(AskedGroup asked) =>
        asked.Stream is { First: { } first, MaxDeleted: { } deleted } && deleted >= first;

    private void CountBelow(List<AskedGroup> open)
    {
        var after = open.ToDictionary(a => a, _ => "-");
        for (var pages = 0; open.Count > 0 && pages < MostPages; pages += open.Count)
        {
            foreach (var a in open)
            {
                // Of an empty stream all is gone that was there when it was sampled.
                var to = a.Stream.First is { } first ? "(" + first : a.Stream.LastGenerated.ToString();
                Ask(a, after[a], to, Page);
            }

            asking.Send();
            foreach (var a in open.ToArray())
            {
                var ids = Read(a);
                if (ids is { Count: > 0 }) after[a] = "(" + ids[^1];
                if (ids is not { Count: Page }) open.Remove(a);
            }
        }

        foreach (var a in open) a.Group = a.Group with { LostBound = Bound.AtLeast };
    }

    /// <summary>Looks up so many at most; gives how many it did.</summary>
    private int LookUp(AskedGroup asked, int most, ref int entriesRead)
    {
        var (first, deleted) = (asked.Stream.First!.Value, asked.Stream.MaxDeleted!.Value);
        asking.AskKey(
            AuditCommand.Pending, asked.Stream.Key, asked.Group.Name, first.ToString(), deleted.ToString(),
            most.ToString(CultureInfo.InvariantCulture));
        asking.Send();
        if (asking.Read(out var reply) is var answer and not Answer.Given)
        {
            if (answer == Answer.None) asked.Group = asked.Group with { IsPendingKnown = false };
            return 0;
        }

        var ids = XInfoReading.PendingIds(ref reply);
        foreach (var id in ids)
            asking.AskKey(AuditCommand.Range, asked.Stream.Key, id.ToString(), id.ToString());
        asking.Send();
        var lost = new List<EntryId>();
        foreach (var id in ids)
        {
            if (asking.Read(out reply) != Answer.Given) asked.Group = asked.Group with { IsRangeKnown = false };
            else if (XInfoReading.Ids(ref reply).Count == 0) lost.Add(id);
            else entriesRead++;
        }

        Add(asked, lost);
        if (ids.Count == most) asked.Group = asked.Group with { LostBound = Bound.AtLeast };
        return ids.Count;
    }

    private void Ask(AskedGroup asked, string from, string to, int count) => asking.AskKey(
        AuditCommand.Pending, asked.Stream.Key, asked.Group.Name, from, to,
        count.ToString(CultureInfo.InvariantCulture));

    private IReadOnlyList<EntryId>? Read(AskedGroup asked)
    {
        var answer = asking.Read(out var reply);
        if (answer != Answer.Given)
        {
            if (answer == Answer.None) asked.Group = asked.Group with { IsPendingKnown = false };
            return null;
        }

        var ids = XInfoReading.PendingIds(ref reply);
        Add(asked, ids);
        return ids;
    }

    private static void Add(AskedGroup asked, IReadOnlyList<EntryId> lost)
    {
        var group = asked.Group;
        asked.Group = group with
        {
            LostCount = group.LostCount + lost.Count,
            LostPending = [.. group.LostPending.Concat(lost).Take(MostNamed)],
        };
    }
}
