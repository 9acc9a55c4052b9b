using System.Numerics;
using System.Runtime.Intrinsics;

namespace Quantum.Feeds.Recorded;

/// <summary>Splits a line of separated values; quoted values may hold the separator.</summary>
internal static class CsvRow
{
    public const int MostColumns = 128;

    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    /// <summary>The separator by a file's first line: the one of , ; tab | that it holds most.</summary>
    public static byte SeparatorOf(ReadOnlySpan<byte> line)
    {
        var (best, most) = ((byte)',', 0);
        foreach (var separator in Separators)
        {
            var count = line.Count(separator);
            if (count > most) (best, most) = (separator, count);
        }

        return best;
    }

    /// <summary>Where the values stand; gives their number, at most that of <paramref name="parts"/>.</summary>
    public static int Split(ReadOnlySpan<byte> line, byte separator, Span<Range> parts)
    {
        var (count, start, at) = (0, 0, 0);
        for (; at + Vector256<byte>.Count <= line.Length; at += Vector256<byte>.Count)
        {
            var block = Vector256.Create(line.Slice(at, Vector256<byte>.Count));
            if (Vector256.EqualsAny(block, Vector256.Create((byte)'"'))) return SplitQuoted(line, separator, parts);
            var found = Vector256.Equals(block, Vector256.Create(separator)).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
                if (!Add(at + BitOperations.TrailingZeroCount(found), ref start, ref count, parts)) return count;
        }

        for (; at < line.Length; at++)
        {
            if (line[at] == '"') return SplitQuoted(line, separator, parts);
            if (line[at] == separator && !Add(at, ref start, ref count, parts)) return count;
        }

        Add(line.Length, ref start, ref count, parts);
        return count;
    }

    private static bool Add(int end, ref int start, ref int count, Span<Range> parts)
    {
        if (count == parts.Length) return false;
        parts[count++] = start..end;
        start = end + 1;
        return true;
    }

    /// <summary>A value without blanks and quotes around it.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, Range part)
    {
        var value = line[part];
        if (value.IsEmpty || (value[0] > '"' && value[^1] > '"')) return value;
        value = value.Trim((byte)' ');
        return value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Trim((byte)' ') : value;
    }

    private static int SplitQuoted(ReadOnlySpan<byte> line, byte separator, Span<Range> parts)
    {
        var (count, start, isQuoted) = (0, 0, false);
        for (var i = 0; i <= line.Length && count < parts.Length; i++)
        {
            if (i < line.Length && line[i] == '"') isQuoted = !isQuoted;
            if (i < line.Length && (isQuoted || line[i] != separator)) continue;
            parts[count++] = start..i;
            start = i + 1;
        }

        return count;
    }
}
