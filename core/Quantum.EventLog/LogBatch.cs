using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog;

/// <summary>
/// One fetched entry: which read of the fetch it answers, where it stands, how often it was delivered.
/// </summary>
/// <param name="Read">Index of the <see cref="LinkRead"/> it belongs to.</param>
/// <param name="Id">Its id.</param>
/// <param name="Deliveries">1 for a new entry; for a pending one the group's own count, this time included.</param>
/// <param name="IsMissing">True when it is pending but trimmed or deleted: work that is lost and must be told.</param>
public readonly record struct LogEntry(int Read, EntryId Id, long Deliveries, bool IsMissing);

/// <summary>A reusable buffer of fetched entries; what it gives is valid until it is filled again.</summary>
public sealed class LogBatch
{
    // They grow with what is read; of an entry that stays where it is, there is nothing but its slot.
    private byte[] _bytes = [];
    private FieldSlice[] _slices = [];
    private Slot[] _entries = new Slot[16];
    private int _length;
    private int _keptLength;
    private int _sliceCount;

    public int Count { get; private set; }

    /// <summary>The bytes of all names and values.</summary>
    public int ByteCount => _length + _keptLength;

    /// <summary>
    /// Groups that somebody else had moved over entries which the seat has not read, and that this fetch put back: from
    /// 0.
    /// </summary>
    public int GroupsPutBack { get; set; }

    public LogEntry this[int index] => _entries[index].Entry;

    public EntryFields Fields(int index)
    {
        ref readonly var slot = ref _entries[index];
        if (slot.Kept is { } kept) return kept.Fields;
        return new EntryFields(_bytes.AsSpan(0, _length), _slices.AsSpan(slot.FirstSlice, slot.SliceCount));
    }

    public void Clear() => (Count, _length, _keptLength, _sliceCount, GroupsPutBack) = (0, 0, 0, 0, 0);

    /// <summary>Starts an entry; its fields follow.</summary>
    public void Add(LogEntry entry)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = new Slot(entry, _sliceCount, 0, null);
    }

    /// <summary>Corrects how often an entry was delivered.</summary>
    public void SetDeliveries(int index, long deliveries)
    {
        ref var slot = ref _entries[index];
        slot = slot with { Entry = slot.Entry with { Deliveries = deliveries } };
    }

    /// <summary>Adds a field to the entry added last.</summary>
    public void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Reserve(name.Length + value.Length);
        if (_sliceCount == _slices.Length) Array.Resize(ref _slices, Math.Max(256, _sliceCount * 2));
        _slices[_sliceCount++] = new FieldSlice(_length, name.Length, _length + name.Length, value.Length);
        name.CopyTo(_bytes.AsSpan(_length));
        value.CopyTo(_bytes.AsSpan(_length + name.Length));
        _length += name.Length + value.Length;
        ref var slot = ref _entries[Count - 1];
        slot = slot with { SliceCount = slot.SliceCount + 1 };
    }

    /// <summary>Adds an entry with its fields.</summary>
    public void Add(LogEntry entry, in EntryFields fields)
    {
        Add(entry);
        for (var i = 0; i < fields.Count; i++) AddField(fields.Name(i), fields.Value(i));
    }

    /// <summary>Adds an entry that stays where it is: nothing of it is copied.</summary>
    public void Add(LogEntry entry, KeptFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Add(entry);
        _keptLength += fields.Bytes.Length;
        ref var slot = ref _entries[Count - 1];
        slot = slot with { Kept = fields };
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _length >= more) return;
        Array.Resize(ref _bytes, Math.Max(Math.Max(_bytes.Length * 2, 8 * 1024), _length + more));
    }

    private readonly record struct Slot(LogEntry Entry, int FirstSlice, int SliceCount, KeptFields? Kept);
}
