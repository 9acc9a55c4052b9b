using System.Buffers.Text;

namespace Quantum.Resp;

/// <summary>
/// Encodes commands into one reused buffer without allocating. A command is its array header and then exactly that
/// many bulk arguments; a wrong count is refused here, because the server would wait for the rest for ever.
/// </summary>
public sealed class RespWriter
{
    private const int FirstCapacityBytes = 64 * 1024;
    private const int ShrinkAboveBytes = 1024 * 1024;
    private const int SmallFlushesBeforeShrink = 32;
    private const int MaxEntryIdBytes = 41;

    private readonly int _maxBytes;
    private readonly bool _pinned;
    private readonly int _firstCapacity;
    private byte[] _buffer;
    private int[] _starts;
    private int _length;
    private int _argumentsLeft;
    private int _smallFlushes;
    private int _bulkStart = -1;
    private int _bulkHeader;
    private int _bulkMax;

    /// <summary>A writer that refuses to hold more than <paramref name="maxBytes"/>.</summary>
    public RespWriter(int maxBytes, int firstCapacityBytes = FirstCapacityBytes, bool pinned = true)
    {
        _maxBytes = maxBytes;
        _pinned = pinned;
        _firstCapacity = Math.Min(firstCapacityBytes, maxBytes);
        _buffer = Allocate(_firstCapacity);
        _starts = new int[pinned ? 64 : 1];
    }

    /// <summary>Complete commands written since the last reset; 0 or more.</summary>
    public int CommandCount { get; private set; }

    /// <summary>Bytes that the buffer takes in memory.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Bytes written since the last reset.</summary>
    public int Length => _length;

    /// <summary>What was written; whole commands only.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            ThrowIfOpen();
            return _buffer.AsSpan(0, _length);
        }
    }

    /// <summary>
    /// Encodes one argument once and for all, for <see cref="WriteEncoded"/>: keys, field names, constants.
    /// </summary>
    public static byte[] Encode(ReadOnlySpan<byte> argument)
    {
        var writer = new RespWriter(argument.Length + 32, argument.Length + 32, pinned: false);
        writer.WriteArrayHeader(1);
        var from = writer._length;
        writer.WriteBulk(argument);
        return writer._buffer.AsSpan(from, writer._length - from).ToArray();
    }

    /// <summary>Encodes one argument once and for all, from text.</summary>
    public static byte[] Encode(string argument) => Encode(Encoding.UTF8.GetBytes(argument));

    /// <summary>Starts a command of <paramref name="arguments"/> arguments, its name included; 1 or more.</summary>
    public void WriteArrayHeader(int arguments)
    {
        ThrowIfOpen();
        ArgumentOutOfRangeException.ThrowIfLessThan(arguments, 1);
        if (CommandCount == _starts.Length) Array.Resize(ref _starts, _starts.Length * 2);
        _starts[CommandCount] = _length;
        Header((byte)'*', arguments, 0);
        CommandCount++;
        _argumentsLeft = arguments;
    }

    /// <summary>Writes one argument.</summary>
    public void WriteBulk(ReadOnlySpan<byte> value)
    {
        Take(1);
        Header((byte)'$', value.Length, value.Length + 2);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
        EndLine();
    }

    /// <summary>Writes one argument as invariant decimal text.</summary>
    public void WriteBulk(long value)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, text, out var length);
        WriteBulk(text[..length]);
    }

    /// <summary>Writes a stream id.</summary>
    public void WriteBulk(EntryId value)
    {
        Span<byte> text = stackalloc byte[MaxEntryIdBytes];
        WriteBulk(text[..value.Format(text)]);
    }

    /// <summary>Writes text as UTF-8.</summary>
    public void WriteBulk(ReadOnlySpan<char> value)
    {
        var target = BeginBulk(Encoding.UTF8.GetMaxByteCount(value.Length));
        EndBulk(Encoding.UTF8.GetBytes(value, target));
    }

    /// <summary>Writes arguments that <see cref="Encode(ReadOnlySpan{byte})"/> made, joined end to end.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> encoded, int arguments = 1)
    {
        Take(arguments);
        Reserve(encoded.Length);
        encoded.CopyTo(_buffer.AsSpan(_length));
        _length += encoded.Length;
    }

    /// <summary>
    /// Gives room for one argument of at most <paramref name="maxLength"/> bytes, to be encoded in place.
    /// </summary>
    public Span<byte> BeginBulk(int maxLength)
    {
        Take(1);
        _bulkStart = _length;
        Header((byte)'$', maxLength, maxLength + 2);
        _bulkHeader = _length - _bulkStart;
        _bulkMax = maxLength;
        return _buffer.AsSpan(_length, maxLength);
    }

    /// <summary>Ends the argument begun last: <paramref name="length"/> bytes of the room were used.</summary>
    public void EndBulk(int length)
    {
        if (_bulkStart < 0) throw new InvalidOperationException("EndBulk needs a BeginBulk before it.");
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _bulkMax);
        var from = _length;
        _length = _bulkStart;
        _bulkStart = -1;
        if (length == _bulkMax)
        {
            _length = from + length;
        }
        else
        {
            Header((byte)'$', length, length + 2);
            if (_length != from) _buffer.AsSpan(from, length).CopyTo(_buffer.AsSpan(_length));
            _length += length;
        }

        EndLine();
    }

    /// <summary>Forgets everything written; an oversized buffer is given back after a while of small use.</summary>
    public void Reset()
    {
        var used = _length;
        _length = 0;
        _argumentsLeft = 0;
        _bulkStart = -1;
        CommandCount = 0;
        if (_buffer.Length <= ShrinkAboveBytes || used > _buffer.Length / 4)
        {
            _smallFlushes = 0;
        }
        else if (++_smallFlushes >= SmallFlushesBeforeShrink)
        {
            _smallFlushes = 0;
            _buffer = Allocate(_firstCapacity);
        }
    }

    /// <summary>The commands from index <paramref name="first"/> on, as written.</summary>
    internal ReadOnlySpan<byte> WrittenFrom(int first) => _buffer.AsSpan(_starts[first], _length - _starts[first]);

    private void Take(int arguments)
    {
        if (_bulkStart >= 0) throw new InvalidOperationException("End the argument begun with BeginBulk first.");
        if (_argumentsLeft < arguments)
            throw new InvalidOperationException("The command has more arguments than its array header announced.");
        _argumentsLeft -= arguments;
    }

    private void ThrowIfOpen()
    {
        if (_argumentsLeft != 0 || _bulkStart >= 0)
            throw new InvalidOperationException(
                $"The command has {_argumentsLeft} arguments fewer than its array header announced.");
    }

    private void Header(byte type, int number, int thenBytes)
    {
        Reserve(thenBytes + 16);
        var buffer = _buffer;
        var at = _length;
        buffer[at++] = type;
        if (number < 10)
        {
            buffer[at++] = (byte)('0' + number);
        }
        else
        {
            Utf8Formatter.TryFormat(number, buffer.AsSpan(at), out var digits);
            at += digits;
        }

        buffer[at] = (byte)'\r';
        buffer[at + 1] = (byte)'\n';
        _length = at + 2;
    }

    private void EndLine()
    {
        _buffer[_length] = (byte)'\r';
        _buffer[_length + 1] = (byte)'\n';
        _length += 2;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes) Grow(bytes);
    }

    private void Grow(int bytes)
    {
        var needed = (long)_length + bytes;
        // 16 bytes of slack belong to the header that is reserved before its length is known.
        if (needed > (long)_maxBytes + 16)
        {
            throw new InvalidOperationException(
                $"The commands of one flush pass the limit of {_maxBytes} bytes; flush more often.");
        }

        var capacity = Math.Max(needed, Math.Min(_buffer.Length * 2L, (long)_maxBytes + 16));
        var bigger = Allocate((int)capacity);
        _buffer.AsSpan(0, _length).CopyTo(bigger);
        _buffer = bigger;
    }

    private byte[] Allocate(int bytes) => GC.AllocateUninitializedArray<byte>(bytes, _pinned);
}
