using Quantum.Feeds;

namespace Quantum.Venue.Market;

/// <summary>A length of candles that the exchange has.</summary>
/// <param name="Name">As in <c>interval=1m</c>.</param>
/// <param name="LengthMs">0 for a month, which has no fixed one.</param>
internal sealed record KlineInterval(string Name, long LengthMs)
{
    private const long WeekMs = 7 * CandleInterval.DayMs;

    // The epoch was a Thursday, and weeks begin on Monday.
    private const long FirstMondayMs = 4 * CandleInterval.DayMs;

    private static readonly KlineInterval[] s_all =
    [
        .. ((string[])["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"])
            .Select(name => new KlineInterval(name, CandleInterval.Of(name)!.Value)),
        new("3d", 3 * CandleInterval.DayMs), new("1w", WeekMs), new("1M", 0),
    ];

    /// <summary>By its name; null when the exchange has none of it.</summary>
    public static KlineInterval? Find(string? name) => Array.Find(s_all, known => known.Name == name);

    /// <summary>Start of the candle that an instant lies in, UTC epoch ms.</summary>
    public long OpenOf(long atMs)
    {
        if (LengthMs == WeekMs) return (atMs - FirstMondayMs) / WeekMs * WeekMs + FirstMondayMs;
        if (LengthMs > 0) return atMs / LengthMs * LengthMs;
        var day = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        return new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    /// <summary>End of the candle that begins then, exclusive, UTC epoch ms.</summary>
    public long EndOf(long openMs) => LengthMs > 0
        ? openMs + LengthMs
        : DateTimeOffset.FromUnixTimeMilliseconds(openMs).AddMonths(1).ToUnixTimeMilliseconds();
}
