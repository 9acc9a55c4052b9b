namespace Quantum.Looking;

/// <summary>Times and ages as people read them, the same everywhere.</summary>
public static class TimeText
{
    /// <summary>An age or a duration, for example <c>4.2s</c>; empty for null.</summary>
    public static string Age(long? ms) => ms is not { } known ? "" : TimeSpan.FromMilliseconds(known) switch
    {
        { TotalDays: >= 2 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalDays:0.#}d"),
        { TotalHours: >= 2 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalHours:0.#}h"),
        { TotalMinutes: >= 2 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMinutes:0.#}m"),
        { TotalSeconds: >= 1 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.#}s"),
        var t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:0}ms"),
    };

    /// <summary>A moment, UTC epoch ms, to the millisecond; empty for 0.</summary>
    public static string Time(long ms) => ms <= 0
        ? ""
        : DateTimeOffset.FromUnixTimeMilliseconds(ms)
            .ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
