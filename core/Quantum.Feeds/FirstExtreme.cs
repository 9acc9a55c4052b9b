using Quantum.Contracts.Events;

namespace Quantum.Feeds;

/// <summary>
/// Tells whether fills know how their candle goes on: how many lie at its first extreme, held against how much of the
/// way lies there. On a tape without look-ahead the first is no more than the second.
/// </summary>
public static class FirstExtreme
{
    private const int Samples = 300;

    /// <summary>Share of fills within a distance of their candle's first extreme, 0 to 1; 0 without any.</summary>
    /// <param name="fills">Each with the candle in whose time it fell.</param>
    /// <param name="withinFraction">Distance over the extreme's price, fraction: 6 bps is 0.0006.</param>
    public static double ShareOf(
        IReadOnlyCollection<(decimal Price, MarketKline Candle)> fills, decimal withinFraction)
    {
        ArgumentNullException.ThrowIfNull(fills);
        return fills.Count == 0
            ? 0
            : (double)fills.Count(fill => IsNear(fill.Price, fill.Candle, withinFraction)) / fills.Count;
    }

    /// <summary>What chance would give: the share of the assumed way of these candles that lies so near.</summary>
    public static double ChanceOf(
        IReadOnlyCollection<(decimal Price, MarketKline Candle)> fills, decimal withinFraction)
    {
        ArgumentNullException.ThrowIfNull(fills);
        if (fills.Count == 0) return 0;
        var near = fills.Sum(fill => Enumerable.Range(0, Samples).Count(
            sample => IsNear(PriceAt(fill.Candle, (sample + 0.5m) / Samples), fill.Candle, withinFraction)));
        return (double)near / Samples / fills.Count;
    }

    private static bool IsNear(decimal price, in MarketKline candle, decimal withinFraction)
    {
        var extreme = CandlePath.PriceAt(in candle, 1);
        return Math.Abs(price / extreme - 1) <= withinFraction;
    }

    private static decimal PriceAt(in MarketKline candle, decimal share)
    {
        var place = share * (CandlePath.Points - 1);
        var leg = (int)place;
        var from = CandlePath.PriceAt(in candle, leg);
        return from + (CandlePath.PriceAt(in candle, leg + 1) - from) * (place - leg);
    }
}
