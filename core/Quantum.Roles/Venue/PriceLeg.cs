using Quantum.Contracts.Events;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// How the price came to a tick. Walked, where the feed assumes a path (<see cref="MarketTick.IsPathPoint"/>): in a
/// straight line from the last tick, so that every price between was there. Else it jumped, and only the tick's own
/// price was.
/// </summary>
/// <param name="FromMs">The last tick, UTC epoch ms; the tick's own time when it jumped.</param>
/// <param name="From">Where it began, quote currency; the tick's own price when it jumped.</param>
/// <param name="ToMs">The tick, UTC epoch ms.</param>
/// <param name="To">The tick's price, quote currency.</param>
/// <param name="IsWalked">Whether the prices between were there.</param>
internal readonly record struct PriceLeg(long FromMs, decimal From, long ToMs, decimal To, bool IsWalked)
{
    /// <summary>The leg from what was last told of a market to a tick.</summary>
    public static PriceLeg Of(VenueMarket market, in MarketTick tick, long atMs)
    {
        var isWalked = market.LastTickMs > 0 && atMs > market.LastTickMs
            && (tick.IsPathPoint() || market.IsAtPathPoint);
        return isWalked
            ? new PriceLeg(market.LastTickMs, market.LastPrice, atMs, tick.Price, true)
            : new PriceLeg(atMs, tick.Price, atMs, tick.Price, false);
    }

    /// <summary>The price at a moment of the leg.</summary>
    public decimal At(long atMs) =>
        atMs >= ToMs ? To : atMs <= FromMs ? From : From + (To - From) * (atMs - FromMs) / (ToMs - FromMs);

    /// <summary>When the leg reaches a price that lies on it, UTC epoch ms.</summary>
    public long WhenAt(decimal price) =>
        To == From ? FromMs : FromMs + (long)((ToMs - FromMs) * (price - From) / (To - From));
}
