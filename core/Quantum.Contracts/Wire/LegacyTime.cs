namespace Quantum.Contracts.Wire;

/// <summary>
/// Reads every time format that was met on the audited system's streams: ISO-8601 date and time with or without a zone
/// (no zone is UTC), epoch seconds as whole or fractional text, epoch milliseconds. What it cannot read it refuses: a
/// time without its date is not taken to be today's.
/// </summary>
public static class LegacyTime
{
    private const double OldestSeconds = 1_000_000_000;
    private const double NewestSeconds = 10_000_000_000;

    private static readonly string[] s_iso =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>UTC epoch ms; false when the text is no time between 2001 and 2286.</summary>
    public static bool TryParse(string? text, out long utcMs)
    {
        utcMs = 0;
        if (string.IsNullOrWhiteSpace(text)) return false;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return TryFromEpoch(number, out utcMs);
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(text, s_iso, CultureInfo.InvariantCulture, utc, out var time)) return false;
        utcMs = time.ToUnixTimeMilliseconds();
        return utcMs is >= (long)OldestSeconds * 1000 and < (long)NewestSeconds * 1000;
    }

    private static bool TryFromEpoch(double number, out long utcMs)
    {
        utcMs = 0;
        if (number is >= OldestSeconds and < NewestSeconds) utcMs = (long)Math.Round(number * 1000);
        else if (number is >= OldestSeconds * 1000 and < NewestSeconds * 1000) utcMs = (long)Math.Round(number);
        return utcMs != 0;
    }
}
