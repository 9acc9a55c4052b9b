using Quantum.Contracts.Events;

namespace Quantum.Feeds;

/// <summary>
/// The path inside a recorded candle, which its four prices do not tell. The rule: a candle that closes at or above its
/// open goes open, low, high, close, any other open, high, low, close, at 0, 1/3 and 2/3 of the interval and at its
/// last millisecond, with a quarter of the volume each. So high and low are touched.
/// </summary>
public static class CandlePath
{
    /// <summary>Points of the path.</summary>
    public const int Points = 4;

    /// <summary>The price at a point, 0 to 3.</summary>
    public static decimal PriceAt(in MarketKline candle, int point) => point switch
    {
        0 => candle.Open,
        1 => candle.Close >= candle.Open ? candle.Low : candle.High,
        2 => candle.Close >= candle.Open ? candle.High : candle.Low,
        3 => candle.Close,
        _ => throw new ArgumentOutOfRangeException(nameof(point), point, "a candle's path has the points 0 to 3."),
    };

    /// <summary>When the point is reached, UTC epoch ms.</summary>
    public static long AtMs(long openTimeMs, long intervalMs, int point) =>
        point == Points - 1 ? openTimeMs + intervalMs - 1 : openTimeMs + intervalMs * point / 3;

    /// <summary>The trade print at a point.</summary>
    public static MarketTick TickAt(in MarketKline candle, int point) => new()
    {
        Symbol = candle.Symbol, Price = PriceAt(in candle, point), Quantity = candle.Volume / Points,
    };
}
