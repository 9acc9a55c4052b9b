namespace Quantum.Contracts.Wire;

/// <summary>
/// A copy of an entry's fields that stays in memory and never changes: all who read it share it, and its event is
/// decoded once, by who reads it first. Safe for use by many threads.
/// </summary>
public class KeptFields
{
    private readonly byte[] _bytes;
    private readonly FieldSlice[] _slices;

    public KeptFields(in EntryFields fields)
    {
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

    public EntryFields Fields => new(_bytes, _slices, this);

    /// <summary>All names and values behind each other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The event that was read of it; null before.</summary>
    internal object? Decoded { get; set; }
}
