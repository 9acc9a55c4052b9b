using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue;

/// <summary>
/// What a side takes at. The tick's book is that of its own price; elsewhere half the spread is paid.
/// </summary>
internal readonly record struct Quotes(decimal Price, decimal? Bid, decimal? Ask, decimal HalfSpreadFraction)
{
    public static Quotes Of(in MarketTick tick, VenueSettings settings) =>
        new(tick.Price, tick.BidPrice, tick.AskPrice, settings.HalfSpreadFraction);

    /// <summary>Those of a price that no book was told of.</summary>
    public static Quotes Of(decimal price, VenueSettings settings) =>
        new(price, null, null, settings.HalfSpreadFraction);

    public decimal TouchOf(Side side, decimal price)
    {
        var quoted = price != Price ? null : side == Side.Buy ? Ask : Bid;
        return quoted ?? price * (1 + side.Sign() * HalfSpreadFraction);
    }

    /// <summary>True when a limit takes at once where the market is at a price.</summary>
    public bool IsMarketable(Side side, decimal limit, decimal price) =>
        side.Sign() * (limit - TouchOf(side, price)) >= 0;
}
