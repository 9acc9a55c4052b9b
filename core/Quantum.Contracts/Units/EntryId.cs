using System.Buffers.Text;

namespace Quantum.Contracts.Units;

/// <summary>The id Redis gives a stream entry: milliseconds of its clock and a sequence number within them.</summary>
public readonly record struct EntryId(long Ms, long Sequence) : IComparable<EntryId>
{
    // Two whole numbers of 19 digits and the dash.
    private const int MostBytes = 39;

    /// <summary>Before every entry.</summary>
    public static readonly EntryId Zero;

    /// <summary>Reads <c>1766219478937-0</c>; a missing sequence is 0.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out EntryId id)
    {
        id = default;
        var dash = utf8.IndexOf((byte)'-');
        long sequence = 0;
        if (!TryReadPart(dash < 0 ? utf8 : utf8[..dash], out var ms)) return false;
        if (dash >= 0 && !TryReadPart(utf8[(dash + 1)..], out sequence)) return false;
        id = new EntryId(ms, sequence);
        return true;
    }

    private static bool TryReadPart(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        return Utf8Parser.TryParse(digits, out value, out _);
    }

    /// <summary>Reads the same; throws <see cref="FormatException"/> for what is no id.</summary>
    public static EntryId Parse(ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[MostBytes];
        return text.Length <= MostBytes && TryParse(utf8[..Encoding.ASCII.GetBytes(text, utf8)], out var id)
            ? id
            : throw new FormatException($"'{text}' is not a stream entry id: expected <ms>-<sequence>.");
    }

    /// <summary>Writes the id as text; <paramref name="target"/> needs 39 bytes at most.</summary>
    public int Format(Span<byte> target)
    {
        Utf8Formatter.TryFormat(Ms, target, out var written);
        target[written++] = (byte)'-';
        Utf8Formatter.TryFormat(Sequence, target[written..], out var rest);
        return written + rest;
    }

    /// <summary>The smallest id behind this one.</summary>
    public EntryId Next() => Sequence == long.MaxValue ? new EntryId(Ms + 1, 0) : new EntryId(Ms, Sequence + 1);

    public int CompareTo(EntryId other) => Ms != other.Ms ? Ms.CompareTo(other.Ms) : Sequence.CompareTo(other.Sequence);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ms}-{Sequence}");

    public static bool operator <(EntryId left, EntryId right) => left.CompareTo(right) < 0;
    public static bool operator >(EntryId left, EntryId right) => left.CompareTo(right) > 0;
    public static bool operator <=(EntryId left, EntryId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EntryId left, EntryId right) => left.CompareTo(right) >= 0;
}
