using System.Buffers.Text;
using Quantum.Resp;

namespace Quantum.Archive.Recording;

/// <summary>
/// A seat's saved state as an entry of the archive: its id is the commit's number and 0; <c>at</c> is when it was read,
/// UTC epoch ms; <c>c:…</c> the cursors, <c>o:…</c> the last ids of the streams it writes, <c>s:…</c> the state.
/// </summary>
/// <param name="Saved">What the commits had left.</param>
/// <param name="AtMs">When that was so, UTC epoch ms.</param>
/// <param name="Outputs">The last id of each stream that the seat writes, by key.</param>
public sealed record SavedState(SavedRole Saved, long AtMs, IReadOnlyDictionary<string, EntryId> Outputs)
{
    private const string Cursor = "c:", Output = "o:", State = "s:";

    /// <summary>What a role has that never committed.</summary>
    public static SavedState None { get; } = new(
        new SavedRole(0, 0, new Dictionary<string, EntryId>(), []), 0, new Dictionary<string, EntryId>());

    /// <summary>Reads an entry of the archive.</summary>
    public static SavedState Read(LogBatch batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var fields = batch.Fields(index);
        var (atMs, clockMs) = (0L, 0L);
        var cursors = new Dictionary<string, EntryId>(StringComparer.Ordinal);
        var outputs = new Dictionary<string, EntryId>(StringComparer.Ordinal);
        var state = new List<KeyValuePair<string, byte[]>>();
        for (var i = 0; i < fields.Count; i++)
        {
            var name = Encoding.UTF8.GetString(fields.Name(i));
            var value = fields.Value(i);
            if (name.StartsWith(State, StringComparison.Ordinal)) state.Add(new(name[2..], value.ToArray()));
            else if (name.StartsWith(Cursor, StringComparison.Ordinal)) cursors[name[2..]] = IdOf(value);
            else if (name.StartsWith(Output, StringComparison.Ordinal)) outputs[name[2..]] = IdOf(value);
            else if (name == "at") atMs = NumberOf(value);
            else if (name == "clock") clockMs = NumberOf(value);
        }

        return new SavedState(new SavedRole(batch[index].Id.Ms, clockMs, cursors, state), atMs, outputs);
    }

    /// <summary>Reads the reply of the script into one entry.</summary>
    internal static StateLook Write(ref RespReader reply, LogBatch target)
    {
        reply.ReadArray();
        var (atMs, staged) = (reply.ReadInteger(), reply.ReadInteger());
        var cursor = reply.ReadFields();
        if (!long.TryParse(cursor.GetValueOrDefault("seq"), CultureInfo.InvariantCulture, out var sequence))
            return new StateLook(0, staged);
        target.Add(new LogEntry(0, new EntryId(sequence, 0), 1, IsMissing: false));
        Add(target, "at", atMs.ToString(CultureInfo.InvariantCulture));
        Add(target, "clock", cursor.GetValueOrDefault("clock", "0"));
        foreach (var (key, id) in cursor)
            if (key.StartsWith(EventStream.KeyPrefix, StringComparison.Ordinal)) Add(target, Cursor + key, id);
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var name = State + reply.ReadString();
            target.AddField(Encoding.UTF8.GetBytes(name), reply.ReadBytes());
        }

        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var name = Output + reply.ReadString();
            Add(target, name, reply.ReadString());
        }

        return new StateLook(sequence, staged);
    }

    private static void Add(LogBatch target, string name, string value) =>
        target.AddField(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));

    private static long NumberOf(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _)
        ? number
        : throw new ArchiveException("a saved state holds no number where one belongs.");

    private static EntryId IdOf(ReadOnlySpan<byte> text) =>
        EntryId.TryParse(text, out var id) ? id : throw new ArchiveException("a saved state holds no id where one "
            + "belongs.");
}
