namespace Binance.Net.Clients.Streams;

/// <summary>Where a frame is put together from its pieces.</summary>
internal sealed class FrameBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    public Memory<byte> Free
    {
        get
        {
            if (_length == _bytes.Length) Array.Resize(ref _bytes, 2 * _length);
            return _bytes.AsMemory(_length);
        }
    }

    public ReadOnlySpan<byte> Received => _bytes.AsSpan(0, _length);

    public void Advance(int count) => _length += count;

    public void Clear() => _length = 0;
}
