namespace Quantum.Feeds;

/// <summary>
/// The path inside a recorded candle, which its four prices do not tell. What is assumed: straight legs from the open
/// to one extreme, to the other, to the close, at 0, 1/3 and 2/3 of the interval and at its last millisecond, with a
/// quarter of the volume at each corner. So high and low are touched. While a side is held the extreme that hurts it
/// comes first, the low for a long, the high for a short: a stop and a target inside one candle end at the stop. While
/// none is held the low comes first in a candle that closes at or above its open, else the high. Finer recordings,
/// candles of a second or trades, are played as they are and leave nothing, or only a second, to assume.
/// </summary>
public static class CandlePath
{
    /// <summary>Corners of the path.</summary>
    public const int Points = 4;

    // A corner is a print also in a candle without trades: what has no quantity is walked to, and no stop would see
    // the gap behind it.
    private const decimal LeastQuantity = 0.00000001m;

    /// <summary>Whether the low comes before the high.</summary>
    /// <param name="candle">Whose path.</param>
    /// <param name="held">The side held in it, or null.</param>
    public static bool IsLowFirst(in MarketKline candle, PositionSide? held) => held switch
    {
        PositionSide.Long => true,
        PositionSide.Short => false,
        _ => candle.Close >= candle.Open,
    };

    /// <summary>The price at a corner, 0 to 3, while nothing is held.</summary>
    public static decimal PriceAt(in MarketKline candle, int point) =>
        PriceAt(in candle, point, IsLowFirst(in candle, null));

    /// <summary>The price at a corner, 0 to 3.</summary>
    public static decimal PriceAt(in MarketKline candle, int point, bool isLowFirst) => point switch
    {
        0 => candle.Open,
        1 => isLowFirst ? candle.Low : candle.High,
        2 => isLowFirst ? candle.High : candle.Low,
        3 => candle.Close,
        _ => throw new ArgumentOutOfRangeException(nameof(point), point, "a candle's path has the points 0 to 3."),
    };

    /// <summary>When the corner is reached, UTC epoch ms.</summary>
    public static long AtMs(long openTimeMs, long intervalMs, int point) =>
        point == Points - 1 ? openTimeMs + intervalMs - 1 : openTimeMs + intervalMs * point / 3;

    /// <summary>The trade print at a corner, while nothing is held.</summary>
    public static MarketTick TickAt(in MarketKline candle, int point) => new()
    {
        Symbol = candle.Symbol, Price = PriceAt(in candle, point), Quantity = QuantityOf(in candle),
    };

    /// <summary>What is traded at each corner, base units, above 0.</summary>
    public static decimal QuantityOf(in MarketKline candle) => Math.Max(candle.Volume / Points, LeastQuantity);
}
