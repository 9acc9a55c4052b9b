namespace Quantum.Contracts.Wire;

/// <summary>
/// The flat fields of one stream entry, as spans into the buffer they were received in or written to.
/// </summary>
public readonly ref struct EntryFields(ReadOnlySpan<byte> buffer, ReadOnlySpan<FieldSlice> slices)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;
    private readonly ReadOnlySpan<FieldSlice> _slices = slices;

    internal EntryFields(ReadOnlySpan<byte> buffer, ReadOnlySpan<FieldSlice> slices, KeptFields kept)
        : this(buffer, slices) => Kept = kept;

    public int Count => _slices.Length;

    /// <summary>The entry that stays where it is; null for what a buffer holds for a while.</summary>
    internal KeptFields? Kept { get; }

    public ReadOnlySpan<byte> Name(int index) => _buffer.Slice(_slices[index].NameStart, _slices[index].NameLength);

    public ReadOnlySpan<byte> Value(int index) => _buffer.Slice(_slices[index].ValueStart, _slices[index].ValueLength);

    /// <summary>
    /// Finds a field, looking first at <paramref name="hint"/>, where a writer of this build puts it.
    /// </summary>
    public bool TryGet(ReadOnlySpan<byte> name, int hint, out ReadOnlySpan<byte> value)
    {
        if ((uint)hint < (uint)_slices.Length && Name(hint).SequenceEqual(name))
        {
            value = Value(hint);
            return true;
        }

        for (var i = 0; i < _slices.Length; i++)
        {
            if (!Name(i).SequenceEqual(name)) continue;
            value = Value(i);
            return true;
        }

        value = default;
        return false;
    }

    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => TryGet(name, -1, out value);
}
