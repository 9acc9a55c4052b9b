using Quantum.Contracts.Events;
using Quantum.Feeds;

namespace Quantum.InProcess.Tests;

/// <summary>
/// Tells whether fills know how their candle goes on: how many lie at its first extreme, held against how many opens
/// do, which know nothing. On a tape without look-ahead the first is no more than the second.
/// </summary>
internal static class FirstExtreme
{
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

    /// <summary>What chance gives: the share of candles that open so near their first extreme, 0 to 1.</summary>
    /// <param name="candles">Of the whole tape, whether something was filled in them or not.</param>
    /// <param name="withinFraction">As above.</param>
    public static double ChanceOf(IReadOnlyCollection<MarketKline> candles, decimal withinFraction)
    {
        ArgumentNullException.ThrowIfNull(candles);
        return candles.Count == 0
            ? 0
            : (double)candles.Count(candle => IsNear(candle.Open, in candle, withinFraction)) / candles.Count;
    }

    private static bool IsNear(decimal price, in MarketKline candle, decimal withinFraction)
    {
        var extreme = CandlePath.PriceAt(in candle, 1);
        return Math.Abs(price / extreme - 1) <= withinFraction;
    }
}
