using System.Buffers.Text;

namespace Quantum.Resp;

/// <summary>What a reply part is.</summary>
public enum RespKind
{
    /// <summary>Nothing follows: the reply is read to its end.</summary>
    End,
    SimpleString,
    Error,
    Number,
    Bulk,
    Array,
    Nil,
}

/// <summary>
/// Reads one complete reply from front to back without copying. Its spans live in the connection's receive buffer
/// and are valid until the connection's next read.
/// </summary>
public ref struct RespReader
{
    private readonly ReadOnlySpan<byte> _reply;
    private int _at;

    /// <summary>Starts at the first byte of a reply that a <see cref="RespScanner"/> has found complete.</summary>
    public RespReader(ReadOnlySpan<byte> completeReply) => _reply = completeReply;

    /// <summary>The whole reply as received.</summary>
    public readonly ReadOnlySpan<byte> Raw => _reply;

    /// <summary>What comes next.</summary>
    public readonly RespKind Next
    {
        get
        {
            if (_at >= _reply.Length) return RespKind.End;
            return _reply[_at] switch
            {
                (byte)'$' => _reply[_at + 1] == (byte)'-' ? RespKind.Nil : RespKind.Bulk,
                (byte)'*' => _reply[_at + 1] == (byte)'-' ? RespKind.Nil : RespKind.Array,
                (byte)':' => RespKind.Number,
                (byte)'+' => RespKind.SimpleString,
                (byte)'-' => RespKind.Error,
                _ => throw Unexpected("a reply part"),
            };
        }
    }

    /// <summary>The code of the error that comes next, or null when it is no error.</summary>
    public readonly RespErrorCode? ErrorCode =>
        Next == RespKind.Error ? RespServerException.CodeOf(LineAt(_at)) : null;

    /// <summary>The error that comes next as an exception to throw or keep, or null when it is no error.</summary>
    public readonly RespServerException? Error =>
        Next == RespKind.Error ? RespServerException.From(LineAt(_at)) : null;

    /// <summary>Throws the server's error if one comes next.</summary>
    public readonly void ThrowIfError()
    {
        if (_at < _reply.Length && _reply[_at] == (byte)'-') throw RespServerException.From(LineAt(_at));
    }

    /// <summary>Enters an array: its element count, or -1 for nil.</summary>
    public int ReadArray()
    {
        ThrowIfError();
        if (_at >= _reply.Length || _reply[_at] != (byte)'*') return TryNil() ? -1 : throw Unexpected("an array");
        return (int)Number();
    }

    /// <summary>Reads a bulk or simple string; nil is false.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        if (_at < _reply.Length && _reply[_at] == (byte)'$')
        {
            var length = (int)Number();
            if (length < 0)
            {
                value = default;
                return false;
            }

            value = _reply.Slice(_at, length);
            _at += length + 2;
            return true;
        }

        return TryLine(out value);
    }

    /// <summary>Reads a bulk or simple string that must not be nil.</summary>
    public ReadOnlySpan<byte> ReadBytes() =>
        TryReadBytes(out var value) ? value : throw Unexpected("text instead of nil");

    /// <summary>Reads a bulk or simple string as UTF-8 text; allocates.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Reads the id of a stream's entry.</summary>
    public EntryId ReadId()
    {
        var text = ReadBytes();
        return EntryId.TryParse(text, out var id)
            ? id
            : throw new RespProtocolException($"'{Encoding.UTF8.GetString(text)}' stands where a stream id should.");
    }

    /// <summary>Reads names and values in turn, as of a hash or an entry; nil is empty; allocates.</summary>
    public Dictionary<string, string> ReadFields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var left = ReadArray(); left > 1; left -= 2)
        {
            var name = ReadString();
            fields[name] = ReadString();
        }

        return fields;
    }

    /// <summary>Reads the reply to TIME: UTC epoch microseconds.</summary>
    public long ReadTimeUs()
    {
        ReadArray();
        return ReadInteger() * 1_000_000 + ReadInteger();
    }

    /// <summary>Reads an integer, also one sent as text.</summary>
    public long ReadInteger()
    {
        ThrowIfError();
        if (_at < _reply.Length && _reply[_at] == (byte)':') return Number();
        var text = ReadBytes();
        return Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length
            ? value
            : throw Unexpected("an integer");
    }

    /// <summary>Passes over the next part with all that it holds.</summary>
    public void Skip()
    {
        var left = 1L;
        while (left > 0)
        {
            left--;
            switch (Next)
            {
                case RespKind.End:
                    throw Unexpected("a reply part");
                case RespKind.Array:
                    left += Number();
                    break;
                case RespKind.Bulk:
                    var length = (int)Number();
                    _at += length + 2;
                    break;
                case RespKind.Number or RespKind.Nil:
                    Number();
                    break;
                default:
                    _at += LineAt(_at).Length + 3;
                    break;
            }
        }
    }

    private bool TryLine(out ReadOnlySpan<byte> value)
    {
        ThrowIfError();
        if (TryNil())
        {
            value = default;
            return false;
        }

        if (Next != RespKind.SimpleString) throw Unexpected("text");
        value = LineAt(_at);
        _at += value.Length + 3;
        return true;
    }

    private bool TryNil()
    {
        if (Next != RespKind.Nil) return false;
        Number();
        return true;
    }

    private readonly ReadOnlySpan<byte> LineAt(int at)
    {
        var rest = _reply[(at + 1)..];
        var end = rest.IndexOf((byte)'\r');
        // An error text may hold a lone carriage return; the line feed is what ends it.
        if (end < 0 || end + 1 >= rest.Length || rest[end + 1] != (byte)'\n') end = rest.IndexOf((byte)'\n') - 1;
        return end < 0 ? throw Unexpected("a complete line") : rest[..end];
    }

    /// <summary>Reads the number after the type byte; the scanner has proved its form.</summary>
    private long Number()
    {
        var reply = _reply;
        var at = _at + 1;
        var negative = reply[at] == (byte)'-';
        if (negative) at++;
        var value = 0L;
        for (; reply[at] != (byte)'\r'; at++) value = value * 10 + (reply[at] - '0');
        _at = at + 2;
        return negative ? -value : value;
    }

    private readonly RespProtocolException Unexpected(string wanted)
    {
        var got = _at >= _reply.Length ? "the end" : $"byte 0x{_reply[_at]:x2}";
        return new RespProtocolException(
            $"A reply has another shape than its command gives: wanted {wanted}, got {got}.");
    }
}
