namespace Quantum.Resp;

/// <summary>
/// Finds where a reply ends in bytes that may arrive in pieces, and refuses what is malformed or too large before
/// any memory is spent on it. It goes on where it stopped, so a slow peer costs no re-scan.
/// </summary>
public sealed class RespScanner
{
    /// <summary>A sign and 19 digits: what a 64-bit number can need.</summary>
    private const int MaxNumberBytes = 20;

    private readonly RespLimits _limits;
    private readonly int[] _left;
    private int _depth;
    private long _elements;
    private int _position;
    private int _needed;

    public RespScanner(RespLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _left = new int[limits.MaxDepth];
    }

    /// <summary>Bytes of the reply scanned so far; after success, the length of the reply.</summary>
    public int Position => _position;

    /// <summary>The least length that the whole reply is known to have, in bytes: the receiver's growth hint.</summary>
    public int Needed => Math.Max(_needed, _position + 1);

    /// <summary>Forgets the reply before; the next scan starts at its first byte.</summary>
    public void Reset()
    {
        _depth = 0;
        _elements = 0;
        _position = 0;
        _needed = 0;
    }

    /// <summary>
    /// True when <paramref name="received"/>, which starts where the reply starts, holds the whole of it.
    /// </summary>
    public bool Scan(ReadOnlySpan<byte> received)
    {
        while (_position < received.Length)
        {
            var token = received[_position..];
            int length;
            switch (token[0])
            {
                case (byte)'$':
                    length = ShortBulk(token);
                    if (length == 0) length = Bulk(token);
                    break;
                case (byte)'*':
                    length = Array(token, out var opened);
                    if (opened) continue;
                    break;
                case (byte)':':
                    length = Number(token, out _);
                    break;
                case (byte)'+' or (byte)'-':
                    length = Line(token);
                    break;
                default:
                    throw Bad($"a reply part starts with byte 0x{token[0]:x2}");
            }

            if (length == 0) return false;
            _position += length;
            if (_position > _limits.MaxReplyBytes) throw TooLarge("reply", _position, _limits.MaxReplyBytes);
            while (_depth > 0 && --_left[_depth - 1] == 0) _depth--;
            if (_depth == 0) return true;
        }

        return false;
    }

    /// <summary>
    /// A whole bulk string of at most 99 bytes, which most are; 0 leaves every other case to the full check.
    /// </summary>
    private int ShortBulk(ReadOnlySpan<byte> token)
    {
        if (token.Length < 6) return 0;
        var length = token[1] - '0';
        var header = 4;
        if (token[2] != (byte)'\r')
        {
            var second = (uint)(token[2] - '0');
            if (second > 9 || token[3] != (byte)'\r') return 0;
            length = length * 10 + (int)second;
            header = 5;
        }

        if ((uint)(token[1] - '0') > 9 || token[header - 1] != (byte)'\n') return 0;
        var end = header + length + 2;
        if (end > token.Length || length > _limits.MaxBulkBytes) return 0;
        return token[end - 2] == (byte)'\r' && token[end - 1] == (byte)'\n' ? end : 0;
    }

    private int Bulk(ReadOnlySpan<byte> token)
    {
        var header = Number(token, out var length);
        if (header == 0) return 0;
        if (length == -1) return header;
        if (length < 0) throw Bad($"a bulk string has the length {length}");
        if (length > _limits.MaxBulkBytes) throw TooLarge("bulk string", length, _limits.MaxBulkBytes);
        var whole = header + length + 2;
        if (_position + whole > _limits.MaxReplyBytes)
            throw TooLarge("reply", _position + whole, _limits.MaxReplyBytes);
        if (token.Length < whole)
        {
            _needed = (int)(_position + whole);
            return 0;
        }

        var end = (int)whole;
        if (token[end - 2] != (byte)'\r' || token[end - 1] != (byte)'\n')
            throw Bad("a bulk string does not end where its length says");
        return end;
    }

    private int Array(ReadOnlySpan<byte> token, out bool opened)
    {
        opened = false;
        var header = Number(token, out var count);
        if (header == 0 || count is 0 or -1) return header;
        if (count < 0) throw Bad($"an array has the length {count}");
        _elements += count;
        if (count > _limits.MaxElements || _elements > _limits.MaxElements)
            throw TooLarge("number of elements", Math.Max(count, _elements), _limits.MaxElements);
        if (_depth == _limits.MaxDepth) throw TooLarge("nesting of arrays", _depth + 1, _limits.MaxDepth);
        _left[_depth++] = (int)count;
        _position += header;
        opened = true;
        return header;
    }

    /// <summary>The bytes of the line with its number, or 0 when it is not all there.</summary>
    private static int Number(ReadOnlySpan<byte> token, out long value)
    {
        value = 0;
        var at = 1;
        var negative = token.Length > 1 && token[1] == (byte)'-';
        if (negative) at++;
        var first = at;
        for (; at < token.Length; at++)
        {
            var digit = (uint)(token[at] - '0');
            if (digit > 9) break;
            if (at > MaxNumberBytes) throw Bad("a number is too long");
            // Counted downwards, so that the smallest 64-bit number fits too.
            if (value < (long.MinValue + digit) / 10) throw Bad("a number does not fit 64 bits");
            value = value * 10 - digit;
        }

        if (at == token.Length) return 0;
        if (at == first || token[at] != (byte)'\r') throw Bad($"a number holds byte 0x{token[at]:x2}");
        if (at + 1 == token.Length) return 0;
        if (token[at + 1] != (byte)'\n') throw Bad("a line ends without line feed");
        if (!negative)
        {
            if (value == long.MinValue) throw Bad("a number does not fit 64 bits");
            value = -value;
        }

        return at + 2;
    }

    private int Line(ReadOnlySpan<byte> token)
    {
        var end = token.IndexOf((byte)'\n');
        if ((end < 0 ? token.Length : end) > _limits.MaxLineBytes)
            throw TooLarge("line", token.Length, _limits.MaxLineBytes);
        if (end < 0) return 0;
        if (end < 2 || token[end - 1] != (byte)'\r') throw Bad("a line ends without carriage return");
        return end + 1;
    }

    private static RespProtocolException Bad(string what) =>
        new($"The peer does not speak RESP2 ({what}); check that host and port are those of a Redis server.");

    private static RespProtocolException TooLarge(string what, long size, long limit) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"A reply passes the limit: {what} {size}, allowed {limit}; read fewer entries or raise RespLimits."));
}
