namespace Quantum.Resp;

/// <summary>The bytes received and not yet read: one buffer, reused, bounded, given back when large and idle.</summary>
internal sealed class RespReceiveBuffer
{
    private const int FirstCapacityBytes = 128 * 1024;
    private const int ShrinkAboveBytes = 1024 * 1024;
    private const int SmallRepliesBeforeShrink = 32;

    /// <summary>Less free space than this is not worth a system call.</summary>
    private const int LeastFreeBytes = 8 * 1024;

    private readonly int _maxBytes;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(FirstCapacityBytes, pinned: true);
    private int _start;
    private int _end;
    private int _smallReplies;

    public RespReceiveBuffer(RespLimits limits) =>
        _maxBytes = Math.Max(FirstCapacityBytes, limits.MaxReplyBytes + LeastFreeBytes);

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    public int Capacity => _buffer.Length;

    /// <summary>
    /// Room to receive into, at least enough that a reply of <paramref name="needed"/> bytes can complete.
    /// </summary>
    public Span<byte> Room(int needed)
    {
        var unread = _end - _start;
        if (unread == 0)
        {
            _start = 0;
            _end = 0;
        }

        var wanted = Math.Max(needed - unread, LeastFreeBytes);
        if (_buffer.Length - _end < wanted) MakeRoom(unread, wanted);
        return _buffer.AsSpan(_end);
    }

    public void Received(int bytes) => _end += bytes;

    public void Read(int bytes)
    {
        _start += bytes;
        if (_buffer.Length <= ShrinkAboveBytes) return;
        _smallReplies = bytes > _buffer.Length / 4 ? 0 : _smallReplies + 1;
        if (_smallReplies < SmallRepliesBeforeShrink || _end - _start > FirstCapacityBytes) return;
        _smallReplies = 0;
        Move(FirstCapacityBytes, _end - _start);
    }

    private void MakeRoom(int unread, int wanted)
    {
        if (_buffer.Length - unread >= wanted)
        {
            _buffer.AsSpan(_start, unread).CopyTo(_buffer);
            _start = 0;
            _end = unread;
            return;
        }

        // Doubling, so that a server that announces much and sends little makes us spend only what it sent.
        var needed = Math.Min((long)unread + wanted, Math.Max(_buffer.Length * 2L, unread + LeastFreeBytes));
        Move((int)Math.Min(needed, Math.Max(_maxBytes, unread + (long)LeastFreeBytes)), unread);
    }

    private void Move(int capacity, int unread)
    {
        var next = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        _buffer.AsSpan(_start, unread).CopyTo(next);
        _buffer = next;
        _start = 0;
        _end = unread;
    }
}
