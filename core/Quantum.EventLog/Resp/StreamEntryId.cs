using System.Buffers.Text;
using System.Globalization;

namespace Quantum.EventLog.Resp;

/// <summary>The id of a stream entry: server time in UTC epoch milliseconds and a sequence number within it.</summary>
/// <param name="Ms">UTC epoch milliseconds, 0 or more.</param>
/// <param name="Seq">Number within the millisecond, 0 or more.</param>
public readonly record struct StreamEntryId(long Ms, long Seq) : IComparable<StreamEntryId>
{
    /// <summary>The longest text of an id, in bytes.</summary>
    public const int MaxTextBytes = 39;

    /// <summary>The smallest id, `0-0`: before every entry.</summary>
    public static StreamEntryId Min => default;

    /// <summary>The largest id that Quantum handles.</summary>
    public static StreamEntryId Max => new(long.MaxValue, long.MaxValue);

    public static bool operator <(StreamEntryId left, StreamEntryId right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamEntryId left, StreamEntryId right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamEntryId left, StreamEntryId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamEntryId left, StreamEntryId right) => left.CompareTo(right) >= 0;

    /// <summary>Reads `ms-seq` or `ms` (sequence 0); anything else, also signs and spaces, is refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out StreamEntryId id)
    {
        id = default;
        if (!TryNumber(text, out var ms, out var used)) return false;
        if (used == text.Length)
        {
            id = new StreamEntryId(ms, 0);
            return true;
        }

        var rest = text[used..];
        if (rest[0] != (byte)'-' || !TryNumber(rest[1..], out var seq, out var seqUsed)) return false;
        if (seqUsed + 1 != rest.Length) return false;
        id = new StreamEntryId(ms, seq);
        return true;
    }

    /// <summary>Reads an id from text or throws, naming the text.</summary>
    public static StreamEntryId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= MaxTextBytes)
        {
            Span<byte> bytes = stackalloc byte[MaxTextBytes * 3];
            var length = System.Text.Encoding.UTF8.GetBytes(text, bytes);
            if (TryParse(bytes[..length], out var id)) return id;
        }

        throw new FormatException($"'{text}' is not a stream id; write it as milliseconds-sequence, such as 1700000000000-0.");
    }

    public int CompareTo(StreamEntryId other)
    {
        var byMs = Ms.CompareTo(other.Ms);
        return byMs != 0 ? byMs : Seq.CompareTo(other.Seq);
    }

    /// <summary>The next possible id; where an exclusive read starts.</summary>
    public StreamEntryId Next() => Seq == long.MaxValue ? new StreamEntryId(Ms + 1, 0) : new StreamEntryId(Ms, Seq + 1);

    /// <summary>Writes `ms-seq` into <paramref name="target"/> (at least <see cref="MaxTextBytes"/>).</summary>
    public int Format(Span<byte> target)
    {
        Utf8Formatter.TryFormat(Ms, target, out var at);
        target[at++] = (byte)'-';
        Utf8Formatter.TryFormat(Seq, target[at..], out var seqBytes);
        return at + seqBytes;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ms}-{Seq}");

    private static bool TryNumber(ReadOnlySpan<byte> text, out long value, out int used)
    {
        value = 0;
        used = 0;
        while (used < text.Length)
        {
            var digit = (uint)(text[used] - '0');
            if (digit > 9) break;
            if (value > (long.MaxValue - digit) / 10) return false;
            value = value * 10 + digit;
            used++;
        }

        return used > 0;
    }
}
