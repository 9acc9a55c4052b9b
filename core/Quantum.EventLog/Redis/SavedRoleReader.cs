using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>Reads what a seat's commits left.</summary>
internal static class SavedRoleReader
{
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
}
