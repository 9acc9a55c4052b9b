using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue;

/// <summary>The arithmetic of fills: what they cost, and what they make of a position.</summary>
internal static class VenueArithmetic
{
    /// <summary>
    /// The price of taking: the touch (the feed's quote, or last price and half spread), moved against the taker by
    /// <c>impact * sqrt(quantity / volume of the last minute)</c>, the square-root law of market impact, at most
    /// twice the impact of a whole minute's volume. Where volume is unknown only the spread is paid.
    /// </summary>
    public static decimal TakerPrice(Side side, decimal touch, decimal quantity, decimal windowVolume,
        decimal impactFraction)
    {
        if (windowVolume <= 0) return touch;
        var share = (decimal)Math.Sqrt((double)(quantity / windowVolume));
        return touch * (1 + side.Sign() * impactFraction * Math.Min(2, share));
    }

    /// <summary>What a signed fill makes of a signed position, and the PnL it realises, quote currency.</summary>
    public static (decimal Quantity, decimal EntryPrice, decimal RealizedUsd) Apply(
        decimal held, decimal entryPrice, decimal fill, decimal price)
    {
        var after = held + fill;
        if (held == 0) return (after, price, 0);
        if (held * fill > 0) return (after, (entryPrice * held + price * fill) / after, 0);
        var closed = Math.Min(Math.Abs(held), Math.Abs(fill)) * Math.Sign(held);
        var realizedUsd = closed * (price - entryPrice);
        if (after == 0) return (0, 0, realizedUsd);
        return held * after > 0 ? (after, entryPrice, realizedUsd) : (after, price, realizedUsd);
    }

    /// <summary>
    /// The own margin of an isolated position after a fill, USD: what is opened brings its value at the leverage, what
    /// is closed takes its share along.
    /// </summary>
    public static decimal IsolatedMargin(decimal marginUsd, decimal held, decimal after, decimal price, int leverage)
    {
        if (after == 0) return 0;
        if (held * after <= 0) return Math.Abs(after) * price / leverage;
        var opened = Math.Abs(after) - Math.Abs(held);
        return opened >= 0 ? marginUsd + opened * price / leverage : marginUsd * after / held;
    }
}
