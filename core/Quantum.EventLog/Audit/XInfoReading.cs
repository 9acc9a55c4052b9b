using System.Text;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Resp;

namespace Quantum.EventLog.Audit;

/// <summary>Reads XINFO and XPENDING replies, passing over fields it does not know: servers add some.</summary>
internal static class XInfoReading
{
    private static readonly byte[] s_mode = Encoding.UTF8.GetBytes(EntryMarks.ModeField);
    private static readonly byte[] s_version = Encoding.UTF8.GetBytes(EntryMarks.VersionField);

    /// <summary>Null when there is no such stream any more.</summary>
    public static StreamFacts? Stream(ref RespReader reply, string key)
    {
        if (reply.Next == RespKind.Error) return null;
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
        if (reply.Next == RespKind.Error) return [];
        var groups = new GroupFacts[Math.Max(0, reply.ReadArray())];
        for (var i = 0; i < groups.Length; i++)
        {
            var facts = new GroupFacts { Name = "" };
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                switch (reply.ReadString())
                {
                    case "name": facts = facts with { Name = reply.ReadString() }; break;
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
        if (reply.Next == RespKind.Error) return [];
        var consumers = new ConsumerFacts[Math.Max(0, reply.ReadArray())];
        for (var i = 0; i < consumers.Length; i++)
        {
            var facts = new ConsumerFacts("", 0, 0);
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                switch (reply.ReadString())
                {
                    case "name": facts = facts with { Name = reply.ReadString() }; break;
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
        if (reply.Next == RespKind.Error || reply.ReadArray() < 1) return null;
        reply.ReadArray();
        var id = reply.ReadId();
        var consumer = reply.ReadString();
        var idleMs = reply.ReadInteger();
        return new PendingFacts(id, consumer, idleMs, reply.ReadInteger());
    }

    /// <summary>The ids of an extended XPENDING.</summary>
    public static IReadOnlyList<EntryId> PendingIds(ref RespReader reply)
    {
        if (reply.Next == RespKind.Error) return [];
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
        if (reply.Next == RespKind.Error) return (null, null, 0);
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
        if (reply.Next == RespKind.Error) return [];
        var marks = new EntryMarks[Math.Max(0, reply.ReadArray())];
        for (var i = 0; i < marks.Length; i++)
        {
            reply.ReadArray();
            var id = reply.ReadId();
            string? mode = null, version = null;
            for (var left = reply.ReadArray(); left > 1; left -= 2)
            {
                reply.TryReadBytes(out var name);
                if (name.SequenceEqual(s_mode)) mode = reply.ReadString();
                else if (name.SequenceEqual(s_version)) version = reply.ReadString();
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
            var name = reply.ReadString();
            fields.Add(new KeyValuePair<string, string>(name, reply.ReadString()));
        }

        return (id, fields);
    }
}
