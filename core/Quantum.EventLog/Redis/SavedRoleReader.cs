using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>Reads what a seat's commits left.</summary>
internal static class SavedRoleReader
{
    private const string JournalPage = "500";

    /// <summary>Reads the replies to HGETALL of the cursor and of the state.</summary>
    public static SavedRole Read(RespConnection connection)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        var cursors = new Dictionary<string, EntryId>(StringComparer.Ordinal);
        var reply = connection.ReadReply();
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var field = reply.ReadString();
            var value = reply.ReadString();
            var isCursor = field.StartsWith(EventStream.KeyPrefix, StringComparison.Ordinal);
            if (isCursor) cursors[field] = EntryId.Parse(value);
            else if (long.TryParse(value, CultureInfo.InvariantCulture, out var number)) numbers[field] = number;
        }

        var state = new List<KeyValuePair<string, byte[]>>();
        reply = connection.ReadReply();
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var field = reply.ReadString();
            state.Add(new(field, reply.ReadBytes().ToArray()));
        }

        return new SavedRole(
            numbers.GetValueOrDefault("seq"), numbers.GetValueOrDefault("clock"), cursors, state);
    }

    /// <summary>Reads a journal through: the entries of a stream that its commits tell of.</summary>
    public static HashSet<EntryId> ReadHandled(RespConnection connection, string journalKey, string streamKey)
    {
        var handled = new HashSet<EntryId>();
        var last = EntryId.Zero;
        while (true)
        {
            var reply = connection.Call("XRANGE", journalKey, "(" + last, "+", "COUNT", JournalPage);
            reply.ThrowIfError();
            var left = reply.ReadArray();
            if (left == 0) return handled;
            for (; left > 0; left--)
            {
                reply.ReadArray();
                last = reply.ReadId();
                foreach (var (key, id) in JournalText.Read(reply.ReadFields()["in"]))
                    if (key == streamKey) handled.Add(id);
            }
        }
    }
}
