namespace Quantum.InProcess;

/// <summary>One entry of a stream in memory: its id and a copy of its fields.</summary>
internal sealed class StoredEntry
{
    private readonly byte[] _bytes;
    private readonly FieldSlice[] _slices;

    public StoredEntry(EntryId id, in EntryFields fields)
    {
        Id = id;
        var length = 0;
        for (var i = 0; i < fields.Count; i++) length += fields.Name(i).Length + fields.Value(i).Length;
        _bytes = new byte[length];
        _slices = new FieldSlice[fields.Count];
        var at = 0;
        for (var i = 0; i < fields.Count; i++)
        {
            var name = fields.Name(i);
            var value = fields.Value(i);
            name.CopyTo(_bytes.AsSpan(at));
            value.CopyTo(_bytes.AsSpan(at + name.Length));
            _slices[i] = new FieldSlice(at, name.Length, at + name.Length, value.Length);
            at += name.Length + value.Length;
        }
    }

    public EntryId Id { get; }

    public EntryFields Fields => new(_bytes, _slices);

    /// <summary>Where each field stands in the bytes.</summary>
    public ReadOnlySpan<FieldSlice> Slices => _slices;

    /// <summary>All names and values behind each other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;
}
