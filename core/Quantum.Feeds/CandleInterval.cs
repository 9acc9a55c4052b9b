namespace Quantum.Feeds;

/// <summary>
/// The lengths that candles may have: whole seconds that a day is a multiple of, 1 s to 1 day, with the names that
/// venues give them (1s, 5m, 4h, 1d).
/// </summary>
public static class CandleInterval
{
    public const long MinuteMs = 60_000;
    public const long DayMs = 1_440 * MinuteMs;

    private const long SecondMs = 1_000;

    /// <summary>For messages.</summary>
    public const string Names = "1s to 1d, such as 1s, 1m, 5m, 15m, 1h, 4h or 1d";

    /// <summary>The name of a length in ms, or null when no candle may have it.</summary>
    public static string? NameOf(long intervalMs) =>
        intervalMs is < SecondMs or > DayMs || intervalMs % SecondMs != 0 || DayMs % intervalMs != 0 ? null
        : intervalMs == DayMs ? "1d"
        : intervalMs % (60 * MinuteMs) == 0 ? Named(intervalMs / (60 * MinuteMs), 'h')
        : intervalMs % MinuteMs == 0 ? Named(intervalMs / MinuteMs, 'm')
        : Named(intervalMs / SecondMs, 's');

    /// <summary>The length in ms by its name, or null when it is none that candles may have.</summary>
    public static long? Of(string? name)
    {
        if (name is not { Length: >= 2 and <= 6 }) return null;
        var isNumber = int.TryParse(name.AsSpan(0, name.Length - 1), NumberStyles.None, null, out var count);
        long unit = char.ToLowerInvariant(name[^1]) switch
        {
            // Venues write 1M for a month.
            'm' => name[^1] == 'm' ? MinuteMs : 0, 's' => SecondMs, 'h' => 60 * MinuteMs, 'd' => DayMs, _ => 0,
        };
        return isNumber && NameOf(count * unit) is not null ? count * unit : null;
    }

    /// <summary>An instant as text for messages.</summary>
    internal static string TimeText(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs)
        .ToString(atMs % 1000 == 0 ? "yyyy-MM-dd HH:mm:ss'Z'"
            : "yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Named(long count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
}
