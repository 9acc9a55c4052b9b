using Quantum.Contracts.Units;
using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>Which stops rest at the venue for a position.</summary>
internal static class Resting
{
    /// <summary>Live orders that close the position when its stop is hit; for a flat symbol every stop.</summary>
    public static IEnumerable<SimVenueOrder> StopsOf(this SimVenueView venue, SimVenuePosition position) =>
        venue.Orders.Where(order => order.Command.Symbol == position.Symbol && order.Command.ReduceOnly
            && order.Command.Type == OrderType.StopMarket
            && (position.Quantity == 0 || order.Command.Side == (position.Quantity > 0 ? Side.Sell : Side.Buy)));
}
