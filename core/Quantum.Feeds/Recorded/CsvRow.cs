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

    /// <summary>Where the values stand; gives their number, <see cref="MostColumns"/> at most.</summary>
    public static int Split(ReadOnlySpan<byte> line, byte separator, Span<Range> parts)
    {
        if (line.Contains((byte)'"')) return SplitQuoted(line, separator, parts);
        var (count, start) = (0, 0);
        while (count < parts.Length)
        {
            var length = line[start..].IndexOf(separator);
            parts[count++] = length < 0 ? start..line.Length : start..(start + length);
            if (length < 0) break;
            start += length + 1;
        }

        return count;
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
