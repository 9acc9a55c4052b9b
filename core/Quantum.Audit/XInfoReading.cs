using Quantum.EventLog.Redis;

namespace Quantum.Audit;

/// <summary>
/// Reads XINFO, XPENDING and XRANGE answers, passing over fields it does not know: servers add some. Names become their
/// text, values what can be shown.
/// </summary>
internal static class XInfoReading
{
    private static readonly byte[] s_mode = Encoding.UTF8.GetBytes(EntryMarks.ModeField);
    private static readonly byte[] s_version = Encoding.UTF8.GetBytes(EntryMarks.VersionField);

    public static StreamFacts Stream(ref RespReader reply, string key)
    {
        var facts = new StreamFacts { Key = key };
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            switch (reply.ReadString())
            {
                case "length": facts = facts with { Length = reply.ReadInteger() }; break;
                case "last-generated-id": facts = facts with { LastGenerated = reply.ReadId() }; break;
                case "max-deleted-entry-id": facts = facts with { MaxDeleted = reply.ReadId() }; break;
                case "entries-added": facts = facts with { Added = reply.ReadInteger() }; break;
                case "first-entry":
                    if (Entry(ref reply) is var (first, firstFields))
                        facts = facts with { First = first, FirstFields = firstFields };
                    break;
                case "last-entry":
                    if (Entry(ref reply) is var (last, lastFields))
                        facts = facts with { Last = last, LastFields = lastFields };
                    break;
                default: reply.Skip(); break;
            }
        }

        return facts;
    }

    public static IReadOnlyList<GroupFacts> Groups(ref RespReader reply)
    {
        var groups = new GroupFacts[Math.Max(0, reply.ReadArray())];
        for (var i = 0; i < groups.Length; i++)
        {
            var facts = new GroupFacts { Name = "" };
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                switch (reply.ReadString())
                {
                    case "name": facts = facts with { Name = reply.ReadName() }; break;
                    case "consumers": facts = facts with { Consumers = reply.ReadInteger() }; break;
                    case "pending": facts = facts with { Pending = reply.ReadInteger() }; break;
                    case "last-delivered-id": facts = facts with { Position = reply.ReadId() }; break;
                    case "entries-read": facts = facts with { EntriesRead = NumberOrNil(ref reply) }; break;
                    case "lag": facts = facts with { Lag = NumberOrNil(ref reply) }; break;
                    default: reply.Skip(); break;
                }
            }

            groups[i] = facts;
        }

        return groups;
    }

    public static IReadOnlyList<ConsumerFacts> Consumers(ref RespReader reply)
    {
        var consumers = new ConsumerFacts[Math.Max(0, reply.ReadArray())];
        for (var i = 0; i < consumers.Length; i++)
        {
            var facts = new ConsumerFacts("", 0, 0);
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                switch (reply.ReadString())
                {
                    case "name": facts = facts with { Name = reply.ReadName() }; break;
                    case "pending": facts = facts with { Pending = reply.ReadInteger() }; break;
                    case "idle": facts = facts with { IdleMs = reply.ReadInteger() }; break;
                    default: reply.Skip(); break;
                }
            }

            consumers[i] = facts;
        }

        return consumers;
    }

    /// <summary>The first row of an extended XPENDING.</summary>
    public static PendingFacts? Pending(ref RespReader reply)
    {
        if (reply.ReadArray() < 1) return null;
        reply.ReadArray();
        var id = reply.ReadId();
        var consumer = reply.ReadName();
        var idleMs = reply.ReadInteger();
        return new PendingFacts(id, consumer, idleMs, reply.ReadInteger());
    }

    /// <summary>The ids of an extended XPENDING.</summary>
    public static IReadOnlyList<EntryId> PendingIds(ref RespReader reply)
    {
        var ids = new EntryId[Math.Max(0, reply.ReadArray())];
        for (var i = 0; i < ids.Length; i++)
        {
            var fields = reply.ReadArray();
            ids[i] = reply.ReadId();
            for (var left = fields - 1; left > 0; left--) reply.Skip();
        }

        return ids;
    }

    /// <summary>The ids of an XRANGE: the first one and how many.</summary>
    public static (EntryId? First, EntryId? Last, int Count) Ids(ref RespReader reply)
    {
        EntryId? first = null, last = null;
        var count = reply.ReadArray();
        for (var i = 0; i < count; i++)
        {
            reply.ReadArray();
            last = reply.ReadId();
            first ??= last;
            reply.Skip();
        }

        return (first, last, Math.Max(0, count));
    }

    /// <summary>The entries of an XRANGE or XREVRANGE by what they say of themselves.</summary>
    public static IReadOnlyList<EntryMarks> Marks(ref RespReader reply)
    {
        var marks = new EntryMarks[Math.Max(0, reply.ReadArray())];
        for (var i = 0; i < marks.Length; i++)
        {
            reply.ReadArray();
            var id = reply.ReadId();
            string? mode = null, version = null;
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                reply.TryReadBytes(out var name);
                if (name.SequenceEqual(s_mode)) mode = reply.ReadShown();
                else if (name.SequenceEqual(s_version)) version = reply.ReadShown();
                else reply.Skip();
            }

            marks[i] = new EntryMarks(id, mode, version);
        }

        return marks;
    }

    private static long? NumberOrNil(ref RespReader reply)
    {
        if (reply.Next != RespKind.Nil) return reply.ReadInteger();
        reply.Skip();
        return null;
    }

    private static (EntryId Id, IReadOnlyList<KeyValuePair<string, string>> Fields)? Entry(ref RespReader reply)
    {
        if (reply.Next == RespKind.Nil)
        {
            reply.Skip();
            return null;
        }

        reply.ReadArray();
        var id = reply.ReadId();
        var fields = new List<KeyValuePair<string, string>>();
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var name = reply.ReadShown();
            fields.Add(new KeyValuePair<string, string>(name, reply.ReadShown()));
        }

        return (id, fields);
    }
}
