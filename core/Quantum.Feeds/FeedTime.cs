namespace Quantum.Feeds;

/// <summary>What a text is as a time.</summary>
internal enum TimeReading { Good, NoTime, OutOfRange }

/// <summary>
/// Reads a time as it stands in tapes and settings: the one place for it, whatever the form of the file. A number is in
/// seconds, milliseconds, microseconds or nanoseconds by its size: between 2009 and 2100 the four do not overlap, and
/// what is outside is refused.
/// </summary>
public static class FeedTime
{
    /// <summary>Start of 2009, before any exchange of coins, UTC epoch ms.</summary>
    public const long FirstMs = 1_230_768_000_000;

    /// <summary>End of 2100, UTC epoch ms, exclusive.</summary>
    public const long EndMs = 4_133_980_800_000;

    internal const string Forms =
        "write ISO such as 2025-12-04 22:58:00+00:00 (without a zone: UTC), or epoch s, ms, us or ns";

    private const long NsPerMs = 1_000_000;
    private const long FirstNs = FirstMs * NsPerMs;
    private const long EndNs = EndMs * NsPerMs;
    private static readonly long[] s_nsPerUnit = [1_000_000_000, NsPerMs, 1_000, 1];

    /// <summary>
    /// ISO with a zone or without (UTC), or epoch in any of the four units; gives UTC epoch ms.
    /// </summary>
    public static bool TryParse(string? text, out long atMs) =>
        Read(Encoding.UTF8.GetBytes(text?.Trim() ?? ""), out atMs) == TimeReading.Good;

    /// <summary>An epoch time in whichever unit; gives UTC epoch ns, or null outside 2009 to 2100.</summary>
    internal static long? EpochNs(long value)
    {
        foreach (var ns in s_nsPerUnit)
            if (value >= FirstNs / ns && value < EndNs / ns) return value * ns;
        return null;
    }

    /// <summary>Reads a time; gives UTC epoch ms.</summary>
    internal static TimeReading Read(ReadOnlySpan<byte> text, out long atMs)
    {
        var reading = ReadNs(text, out var atNs);
        atMs = atNs / NsPerMs;
        return reading;
    }

    /// <summary>Reads a time; gives UTC epoch ns.</summary>
    internal static TimeReading ReadNs(ReadOnlySpan<byte> text, out long atNs)
    {
        atNs = 0;
        if (text.IsEmpty) return TimeReading.NoTime;
        if (text.Length <= 19 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            var number = 0L;
            foreach (var digit in text) number = number * 10 + (digit - '0');
            return Take(EpochNs(number), out atNs);
        }

        if (text.Length >= 10 && text[4] is (byte)'-' or (byte)'/') return IsoNs(text, out atNs);

        // "1733356800.123" and "1.7333568E+12": what programs make of a column of floating point.
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? Take(EpochNs(value), out atNs)
            : IsoNs(text, out atNs);
    }

    private static long? EpochNs(decimal value)
    {
        foreach (var ns in s_nsPerUnit)
        {
            var scaled = value is > -1e19m and < 1e19m ? value * ns : -1;
            if (scaled is >= FirstNs and < EndNs) return (long)scaled;
        }

        return null;
    }

    private static TimeReading Take(long? found, out long atNs)
    {
        atNs = found ?? 0;
        return found is null ? TimeReading.OutOfRange : TimeReading.Good;
    }

    /// <summary>
    /// yyyy-MM-dd or yyyy/MM/dd, then hours and minutes, seconds, a fraction and a zone as far as they are there.
    /// </summary>
    private static TimeReading IsoNs(ReadOnlySpan<byte> text, out long atNs)
    {
        atNs = 0;
        var rest = text;
        if (!Digits(ref rest, 4, out var year) || !Skip(ref rest, '-', '/') || !Digits(ref rest, 2, out var month)
            || !Skip(ref rest, '-', '/') || !Digits(ref rest, 2, out var day)) return TimeReading.NoTime;
        int hour = 0, minute = 0, second = 0;
        long fractionNs = 0, zoneMinutes = 0;
        if (!rest.IsEmpty)
        {
            if (!Skip(ref rest, ' ', 'T') || !Digits(ref rest, 2, out hour) || !Skip(ref rest, ':', ':')
                || !Digits(ref rest, 2, out minute)) return TimeReading.NoTime;
            if (Skip(ref rest, ':', ':') && !Digits(ref rest, 2, out second)) return TimeReading.NoTime;
            if (Skip(ref rest, '.', '.') && !Fraction(ref rest, out fractionNs)) return TimeReading.NoTime;
            if (!rest.IsEmpty && !rest.SequenceEqual("+00:00"u8) && !Zone(rest, out zoneMinutes))
                return TimeReading.NoTime;
        }

        if (month is < 1 or > 12 || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23
            || minute > 59 || second > 59) return TimeReading.NoTime;
        if (year is < 2008 or > 2101) return TimeReading.OutOfRange;
        var seconds = Days(year, month, day) * 86_400L + hour * 3_600 + minute * 60 + second - zoneMinutes * 60;
        if (seconds < FirstMs / 1000 || seconds >= EndMs / 1000) return TimeReading.OutOfRange;
        atNs = seconds * 1_000_000_000 + fractionNs;
        return TimeReading.Good;
    }

    /// <summary>Days since 1970 of the civil calendar; years count from March, so that the leap day is the
    /// last.</summary>
    private static int Days(int year, int month, int day)
    {
        var (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    }

    private static bool Zone(ReadOnlySpan<byte> rest, out long minutes)
    {
        minutes = 0;
        rest = rest.TrimStart((byte)' ');
        if (rest.IsEmpty || rest.SequenceEqual("Z"u8) || rest.SequenceEqual("z"u8) || rest.SequenceEqual("UTC"u8))
            return true;
        var sign = rest[0] == '-' ? -1 : 1;
        if (!Skip(ref rest, '+', '-') || !Digits(ref rest, 2, out var hours)) return false;
        var more = 0;
        if ((Skip(ref rest, ':', ':') || !rest.IsEmpty) && !Digits(ref rest, 2, out more)) return false;
        minutes = sign * (hours * 60 + more);
        return rest.IsEmpty && hours <= 14 && more <= 59;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out long ns)
    {
        ns = 0;
        var count = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (count < 0) count = rest.Length;
        if (count is < 1 or > 9) return false;
        for (var i = 0; i < 9; i++) ns = ns * 10 + (i < count ? rest[i] - '0' : 0);
        rest = rest[count..];
        return true;
    }

    private static bool Digits(ref ReadOnlySpan<byte> rest, int count, out int number)
    {
        number = 0;
        if (rest.Length < count) return false;
        for (var i = 0; i < count; i++)
        {
            var digit = rest[i] - '0';
            if (digit is < 0 or > 9) return false;
            number = number * 10 + digit;
        }

        rest = rest[count..];
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> rest, char one, char other)
    {
        if (rest.IsEmpty || (rest[0] != one && rest[0] != other)) return false;
        rest = rest[1..];
        return true;
    }
}
