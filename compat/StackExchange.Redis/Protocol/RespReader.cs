using System.Buffers.Text;
using System.Text;

namespace StackExchange.Redis;

/// <summary>Reads RESP2 replies from a stream, each within fixed limits.</summary>
internal sealed class RespReader(Stream stream)
{
    /// <summary>Redis' own limit of one string (proto-max-bulk-len).</summary>
    public const int MaxBulkBytes = 512 * 1024 * 1024;

    public const int MaxLineBytes = 64 * 1024;
    public const int MaxItems = 1 << 20;
    public const int MaxDepth = 32;

    private const int ChunkBytes = 1024 * 1024;
    private readonly byte[] _buffer = new byte[MaxLineBytes];
    private int _start;
    private int _end;
    private long _itemsLeft;
    private long _bytesLeft;
    private long _lastReadTick = Environment.TickCount64;

    /// <summary>When the last byte came, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long LastReadTick => Volatile.Read(ref _lastReadTick);

    public ValueTask<RedisResult> ReadAsync(CancellationToken cancellation)
    {
        _itemsLeft = MaxItems;
        _bytesLeft = MaxBulkBytes;
        return ReadAsync(0, cancellation);
    }

    private static RedisConnectionException Broken(string what) => new(
        ConnectionFailureType.ProtocolFailure,
        $"The reply is not valid RESP: {what}. The connection was closed; check that the address is a Redis server's.");

    private async ValueTask<RedisResult> ReadAsync(int depth, CancellationToken cancellation)
    {
        var line = await ReadLineAsync(cancellation).ConfigureAwait(false);
        if (line.Length == 0)
            throw Broken("an empty line");
        var rest = line[1..];
        switch (line.Span[0])
        {
            case (byte)'+':
                return new(new RedisValue(rest.ToArray()));
            case (byte)'-':
                return new(new RedisValue(rest.ToArray()), isError: true);
            case (byte)':':
                return new(Number(rest.Span));
            case (byte)'$':
                return await ReadBulkAsync(Number(rest.Span), cancellation).ConfigureAwait(false);
            case (byte)'*':
                return await ReadArrayAsync(Number(rest.Span), depth, cancellation).ConfigureAwait(false);
            default:
                throw Broken($"it starts with byte 0x{line.Span[0]:X2}");
        }
    }

    private async ValueTask<RedisResult> ReadBulkAsync(long length, CancellationToken cancellation)
    {
        if (length == -1)
            return new(RedisValue.Null);
        if (length < 0 || length > _bytesLeft)
            throw Broken($"a string of {length} bytes (limit of one reply: {MaxBulkBytes})");
        _bytesLeft -= length;
        // The announced length is believed only as far as bytes have come, so a lie costs no memory.
        var bytes = new byte[Math.Min(length, ChunkBytes)];
        for (var filled = 0; filled < length;)
        {
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(length, bytes.Length * 2L));
            filled += await TakeAsync(bytes.AsMemory(filled), cancellation).ConfigureAwait(false);
        }

        if ((await ReadLineAsync(cancellation).ConfigureAwait(false)).Length != 0)
            throw Broken("a string longer than its announced length");
        return new(new RedisValue(bytes));
    }

    private async ValueTask<RedisResult> ReadArrayAsync(long count, int depth, CancellationToken cancellation)
    {
        if (count == -1)
            return new((RedisResult[]?)null);
        if (count < 0 || count > _itemsLeft)
            throw Broken($"an array of {count} items (limit of one reply: {MaxItems})");
        if (depth == MaxDepth)
            throw Broken($"arrays nested deeper than {MaxDepth}");
        _itemsLeft -= count;
        var items = new List<RedisResult>((int)Math.Min(count, 4096));
        while (items.Count < count)
            items.Add(await ReadAsync(depth + 1, cancellation).ConfigureAwait(false));
        return new(items.ToArray());
    }

    private async ValueTask<int> TakeAsync(Memory<byte> target, CancellationToken cancellation)
    {
        if (_start == _end)
        {
            if (target.Length >= _buffer.Length)
                return await FillAsync(target, cancellation).ConfigureAwait(false);
            (_start, _end) = (0, await FillAsync(_buffer, cancellation).ConfigureAwait(false));
        }

        var take = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, take).CopyTo(target);
        _start += take;
        return take;
    }

    // What is returned stays valid until the next read.
    private async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(CancellationToken cancellation)
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + newline);
                _start += searched + newline + 1;
                return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : throw Broken("a line without CR LF");
            }

            searched = _end - _start;
            if (searched == _buffer.Length)
                throw Broken($"a line longer than {MaxLineBytes} bytes");
            if (_start > 0)
                _buffer.AsSpan(_start, searched).CopyTo(_buffer);
            (_start, _end) = (0, searched);
            _end += await FillAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> FillAsync(Memory<byte> target, CancellationToken cancellation)
    {
        var read = await stream.ReadAsync(target, cancellation).ConfigureAwait(false);
        if (read == 0)
            throw new RedisConnectionException(ConnectionFailureType.SocketClosed, "The server closed the connection.");
        Volatile.Write(ref _lastReadTick, Environment.TickCount64);
        return read;
    }

    private static long Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length
            ? number
            : throw Broken($"'{Encoding.ASCII.GetString(text[..Math.Min(text.Length, 32)])}' is not a number");
}
