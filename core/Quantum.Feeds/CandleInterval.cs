using System.Globalization;

namespace Quantum.Feeds;

/// <summary>The lengths of candles that venues offer, with their names.</summary>
public static class CandleInterval
{
    public const long MinuteMs = 60_000;

    private static readonly (string Name, long Ms)[] _known =
    [
        ("1s", 1_000), ("1m", MinuteMs), ("3m", 3 * MinuteMs), ("5m", 5 * MinuteMs), ("15m", 15 * MinuteMs),
        ("30m", 30 * MinuteMs), ("1h", 60 * MinuteMs), ("2h", 120 * MinuteMs), ("4h", 240 * MinuteMs),
        ("6h", 360 * MinuteMs), ("8h", 480 * MinuteMs), ("12h", 720 * MinuteMs), ("1d", 1_440 * MinuteMs),
        ("3d", 4_320 * MinuteMs), ("1w", 10_080 * MinuteMs),
    ];

    /// <summary>All names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", _known.Select(known => known.Name));

    /// <summary>The venue's name for a length in ms, or null when no venue offers it.</summary>
    public static string? NameOf(long intervalMs) => Array.Find(_known, known => known.Ms == intervalMs).Name;

    /// <summary>An instant as text for messages.</summary>
    internal static string TimeText(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs)
        .ToString(atMs % 1000 == 0 ? "yyyy-MM-dd HH:mm:ss'Z'"
            : "yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
