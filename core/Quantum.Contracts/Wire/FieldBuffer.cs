using System.Buffers.Text;

namespace Quantum.Contracts.Wire;

/// <summary>A reusable, growing buffer of flat fields: what an encoded event is before it goes onto a stream.</summary>
public sealed class FieldBuffer
{
    private byte[] _bytes = new byte[1024];
    private FieldSlice[] _slices = new FieldSlice[32];
    private int _length;
    private int _count;

    public int Count => _count;

    /// <summary>The bytes of all names and values together.</summary>
    public int ByteCount => _length;

    public EntryFields Fields => new(_bytes.AsSpan(0, _length), _slices.AsSpan(0, _count));

    public void Clear() => (_length, _count) = (0, 0);

    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var room = BeginValue(name, value.Length);
        value.CopyTo(room);
        EndValue(value.Length);
    }

    public void Add(ReadOnlySpan<byte> name, long value)
    {
        Utf8Formatter.TryFormat(value, BeginValue(name, 20), out var written);
        EndValue(written);
    }

    /// <summary>Starts a field and gives room for its value; <see cref="EndValue"/> says how much was used.</summary>
    public Span<byte> BeginValue(ReadOnlySpan<byte> name, int longest)
    {
        Reserve(name.Length + longest);
        if (_count == _slices.Length) Array.Resize(ref _slices, _count * 2);
        name.CopyTo(_bytes.AsSpan(_length));
        _slices[_count++] = new FieldSlice(_length, name.Length, _length + name.Length, 0);
        _length += name.Length;
        return _bytes.AsSpan(_length, longest);
    }

    public void EndValue(int written)
    {
        _slices[_count - 1] = _slices[_count - 1] with { ValueLength = written };
        _length += written;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _length >= more) return;
        Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }
}
