namespace Quantum.Audit;

/// <summary>
/// Asks Redis what the audit needs, in few pipelined round trips and with a bounded number of entries. Reads only. What
/// it counts is true, or marked as the least: the limit of a question is never told as its answer.
/// </summary>
internal sealed class AuditReader(Asking asking, int entryBudget)
{
    private const int MostCounted = 1000;
    private const int FirstCount = 8;
    private const int MostNewest = 16;

    /// <summary>Of the budget, what the newest entries of all streams together may take.</summary>
    private const double NewestFraction = 0.25;

    private int _entriesRead;

    /// <summary>Entries that replies have carried.</summary>
    public int EntriesRead => _entriesRead;

    /// <summary>The keys of all streams, found by SCAN on every server; their texts.</summary>
    public IReadOnlyList<string> FindStreams()
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in asking.Nodes.All)
        {
            var cursor = "0";
            do
            {
                asking.Ask(node, AuditCommand.Scan, cursor, "COUNT", "1000", "TYPE", "stream");
                asking.Send();
                if (asking.Read(out var reply) != Answer.Given) break;
                reply.ReadArray();
                cursor = reply.ReadString();
                for (var left = reply.ReadArray(); left > 0; left--) keys.Add(reply.ReadName());
            }
            while (cursor != "0");
        }

        return [.. keys];
    }

    /// <summary>Streams and groups: one round trip.</summary>
    public AuditSample Sample(IReadOnlyList<string> keys)
    {
        asking.Ask(asking.Nodes.Seed, AuditCommand.Time);
        foreach (var key in keys)
        {
            asking.AskKey(AuditCommand.Stream, key);
            asking.AskKey(AuditCommand.Groups, key);
        }

        asking.Send();
        var atMs = asking.Read(out var reply) == Answer.Given
            ? reply.ReadTimeUs() / 1000
            : DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var streams = new List<StreamFacts>(keys.Count);
        foreach (var key in keys)
        {
            var stream = asking.Read(out reply) switch
            {
                Answer.Given => XInfoReading.Stream(ref reply, key),
                Answer.None when !asking.WrongTypes.Contains(key) => new StreamFacts { Key = key, IsKnown = false },
                _ => null,
            };
            var hasGroups = asking.Read(out reply);
            if (stream is null) continue;
            _entriesRead += stream.Length switch { 0 => 0, 1 => 1, _ => 2 };
            streams.Add(hasGroups == Answer.Given
                ? stream with { Groups = XInfoReading.Groups(ref reply) }
                : stream with { IsKnown = false });
        }

        return new AuditSample(atMs, streams);
    }

    /// <summary>
    /// Adds consumers, the oldest pending entry, the catalog streams' newest entries and what lies behind each
    /// position: two round trips, and more where pending entries were lost.
    /// </summary>
    public AuditSample Deepen(AuditSample sample)
    {
        var asked = sample.Streams
            .SelectMany(stream => stream.Groups.Select(group => new AskedGroup(stream, group, Count(stream, group))))
            .ToList();
        var newest = Ask(asked, [.. sample.Streams.Where(s => s.Length > 0 && StreamKind.Of(s.Key) is not null)]);
        var open = asked.Where(a => a.Count > 1 && !a.Group.CountedAll && a.Group.Counted > 0).ToList();
        var share = open.Count == 0 ? 0 : Math.Min(MostCounted, (entryBudget - EntriesRead) / open.Count);
        if (share > 0) CountOn(open, share);
        new LostEntries(asking).Count(asked, ref _entriesRead);
        var found = asked.ToLookup(a => a.Stream.Key, a => a.Group);
        return sample with
        {
            Streams =
            [
                .. sample.Streams.Select(stream => stream with
                {
                    Groups = [.. found[stream.Key]], Newest = newest.GetValueOrDefault(stream.Key, []),
                }),
            ],
        };
    }

    private static int Count(StreamFacts stream, GroupFacts group)
    {
        if (!Backlog.IsInside(stream, group)) return 0;
        return Backlog.CountersSuffice(stream, group) ? 1 : FirstCount;
    }

    private Dictionary<string, IReadOnlyList<EntryMarks>> Ask(List<AskedGroup> asked, StreamFacts[] known)
    {
        var newest = Math.Min(MostNewest, (int)(entryBudget * NewestFraction) / Math.Max(1, known.Length));
        if (newest == 0) known = [];
        foreach (var a in asked)
        {
            if (a.Group.Consumers > 0) asking.AskKey(AuditCommand.Consumers, a.Stream.Key, a.Group.Name);
            if (a.Group.Pending > 0)
                asking.AskKey(AuditCommand.Pending, a.Stream.Key, a.Group.Name, "-", "+", "1");
            if (a.Count > 0) Range(a, a.Group.Position, a.Count);
        }

        foreach (var stream in known) asking.AskKey(AuditCommand.Newest, stream.Key, "+", "-", "COUNT", Text(newest));
        asking.Send();
        foreach (var a in asked) Take(a);
        var marks = new Dictionary<string, IReadOnlyList<EntryMarks>>(StringComparer.Ordinal);
        foreach (var stream in known)
        {
            if (asking.Read(out var reply) != Answer.Given) continue;
            marks[stream.Key] = XInfoReading.Marks(ref reply);
            _entriesRead += marks[stream.Key].Count;
        }

        return marks;
    }

    private void Take(AskedGroup asked)
    {
        if (asked.Group.Consumers > 0 && asking.Read(out var reply) == Answer.Given)
            asked.Group = asked.Group with { Members = XInfoReading.Consumers(ref reply) };
        if (asked.Group.Pending > 0)
        {
            asked.Group = asking.Read(out reply) switch
            {
                Answer.Given => asked.Group with { OldestPending = XInfoReading.Pending(ref reply) },
                Answer.Gone => asked.Group,
                _ => asked.Group with { IsPendingKnown = false },
            };
        }

        if (asked.Count > 0) TakeCount(asked, asked.Count);
    }

    private void CountOn(List<AskedGroup> open, int share)
    {
        foreach (var a in open) Range(a, a.LastCounted, share);
        asking.Send();
        foreach (var a in open) TakeCount(a, share);
    }

    private void TakeCount(AskedGroup asked, int limit)
    {
        if (asking.Read(out var reply) != Answer.Given)
        {
            asked.Group = asked.Group with { IsRangeKnown = false };
            return;
        }

        var (first, last, count) = XInfoReading.Ids(ref reply);
        _entriesRead += count;
        asked.LastCounted = last ?? asked.LastCounted;
        // What came in after the sample would not fit its other figures; exactly up to its last entry is the end too.
        var isEnd = count < limit || asked.LastCounted >= asked.Stream.Last;
        asked.Group = asked.Group with
        {
            Counted = asked.Group.Counted + count, CountedAll = isEnd,
            FirstUnread = asked.Group.FirstUnread ?? first,
        };
    }

    private void Range(AskedGroup asked, EntryId after, int count) =>
        asking.AskKey(AuditCommand.Range, asked.Stream.Key, "(" + after, "+", "COUNT", Text(count));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A group while its figures are gathered.</summary>
internal sealed class AskedGroup(StreamFacts stream, GroupFacts group, int count)
{
    public StreamFacts Stream { get; } = stream;
    public GroupFacts Group { get; set; } = group;
    public int Count { get; } = count;
    public EntryId LastCounted { get; set; } = group.Position;
}
