using System.Globalization;
using System.Text;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Resp;

namespace Quantum.EventLog.Audit;

/// <summary>
/// Asks Redis what the audit needs, in few pipelined round trips and with a bounded number of entries.
/// Reads only, and only with commands that any server grants.
/// </summary>
internal sealed class AuditReader(RespConnection connection, int entryBudget)
{
    private const int MostCounted = 1000;
    private const int FirstCount = 8;
    private const int MostNewest = 16;
    private const int MostLost = 1000;

    /// <summary>Of the budget, what the newest entries of all streams together may take.</summary>
    private const double NewestFraction = 0.25;

    /// <summary>Entries that replies have carried.</summary>
    public int EntriesRead { get; private set; }

    /// <summary>The keys of all streams, found by SCAN.</summary>
    public IReadOnlyList<string> FindStreams()
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            var reply = connection.Call("SCAN", cursor, "COUNT", "1000", "TYPE", "stream");
            reply.ReadArray();
            cursor = reply.ReadString();
            for (var left = reply.ReadArray(); left > 0; left--) keys.Add(reply.ReadString());
        }
        while (cursor != "0");
        return [.. keys];
    }

    /// <summary>Streams and groups: one round trip.</summary>
    public AuditSample Sample(IReadOnlyList<string> keys)
    {
        var writer = connection.BeginWrite();
        writer.Command("TIME");
        foreach (var key in keys)
        {
            writer.Command("XINFO", "STREAM", key);
            writer.Command("XINFO", "GROUPS", key);
        }

        connection.Flush();
        var atMs = connection.ReadReply().ReadTimeUs() / 1000;
        var streams = new List<StreamFacts>(keys.Count);
        foreach (var key in keys)
        {
            var reply = connection.ReadReply();
            var stream = XInfoReading.Stream(ref reply, key);
            var groupsReply = connection.ReadReply();
            var groups = XInfoReading.Groups(ref groupsReply);
            if (stream is null) continue;
            EntriesRead += stream.Length switch { 0 => 0, 1 => 1, _ => 2 };
            streams.Add(stream with { Groups = groups });
        }

        return new AuditSample(atMs, streams);
    }

    /// <summary>
    /// Adds consumers, the oldest pending entry, the catalog streams' newest entries and what lies behind each
    /// position: two round trips.
    /// </summary>
    public AuditSample Deepen(AuditSample sample)
    {
        var asked = sample.Streams
            .SelectMany(stream => stream.Groups.Select(group => new Asked(stream, group, Count(stream, group))))
            .ToList();
        var newest = Ask(asked, [.. sample.Streams.Where(s => s.Length > 0 && StreamKind.Of(s.Key) is not null)]);
        var open = asked.Where(a => a.Count > 1 && !a.Group.CountedAll && a.Group.Counted > 0).ToList();
        var share = open.Count == 0 ? 0 : Math.Min(MostCounted, (entryBudget - EntriesRead) / open.Count);
        if (share > 0) CountOn(open, share);
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

    private Dictionary<string, IReadOnlyList<EntryMarks>> Ask(List<Asked> asked, StreamFacts[] known)
    {
        var newest = Math.Min(MostNewest, (int)(entryBudget * NewestFraction) / Math.Max(1, known.Length));
        if (newest == 0) known = [];
        var writer = connection.BeginWrite();
        foreach (var a in asked)
        {
            if (a.Group.Consumers > 0) writer.Command("XINFO", "CONSUMERS", a.Stream.Key, a.Group.Name);
            if (a.Group.Pending > 0)
            {
                writer.Command("XPENDING", a.Stream.Key, a.Group.Name, "-", "+", "1");
                // Of an empty stream all is gone that was there when it was sampled.
                var lostTo = a.Stream.First is { } first ? "(" + first : a.Stream.LastGenerated.ToString();
                writer.Command("XPENDING", a.Stream.Key, a.Group.Name, "-", lostTo, Text(MostLost));
            }

            if (a.Count > 0) Range(writer, a.Stream.Key, a.Group.Position, a.Count);
        }

        foreach (var stream in known) writer.Command("XREVRANGE", stream.Key, "+", "-", "COUNT", Text(newest));
        connection.Flush();
        foreach (var a in asked) Take(a);
        var marks = new Dictionary<string, IReadOnlyList<EntryMarks>>(StringComparer.Ordinal);
        foreach (var stream in known)
        {
            var reply = connection.ReadReply();
            marks[stream.Key] = XInfoReading.Marks(ref reply);
            EntriesRead += marks[stream.Key].Count;
        }

        return marks;
    }

    private void Take(Asked asked)
    {
        if (asked.Group.Consumers > 0)
        {
            var reply = connection.ReadReply();
            asked.Group = asked.Group with { Members = XInfoReading.Consumers(ref reply) };
        }

        if (asked.Group.Pending > 0)
        {
            var reply = connection.ReadReply();
            var oldest = XInfoReading.Pending(ref reply);
            reply = connection.ReadReply();
            asked.Group = asked.Group with
            {
                OldestPending = oldest, LostPending = XInfoReading.PendingIds(ref reply),
            };
        }

        if (asked.Count > 0) TakeCount(asked, asked.Count);
    }

    private void CountOn(List<Asked> open, int share)
    {
        var writer = connection.BeginWrite();
        foreach (var a in open) Range(writer, a.Stream.Key, a.LastCounted, share);
        connection.Flush();
        foreach (var a in open) TakeCount(a, share);
    }

    private void TakeCount(Asked asked, int limit)
    {
        var reply = connection.ReadReply();
        var (first, last, count) = XInfoReading.Ids(ref reply);
        EntriesRead += count;
        asked.LastCounted = last ?? asked.LastCounted;
        // What came in after the sample would not fit its other figures; exactly up to its last entry is the end too.
        var isEnd = count < limit || asked.LastCounted >= asked.Stream.Last;
        asked.Group = asked.Group with
        {
            Counted = asked.Group.Counted + count, CountedAll = isEnd,
            FirstUnread = asked.Group.FirstUnread ?? first,
        };
    }

    private static void Range(RespWriter writer, string key, EntryId after, int count) =>
        writer.Command("XRANGE", key, "(" + after, "+", "COUNT", Text(count));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Asked(StreamFacts stream, GroupFacts group, int count)
    {
        public StreamFacts Stream { get; } = stream;
        public GroupFacts Group { get; set; } = group;
        public int Count { get; } = count;
        public EntryId LastCounted { get; set; } = group.Position;
    }
}
