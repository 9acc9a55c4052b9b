using Quantum.Contracts.Units;
using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>Which stops rest at the venue for a position.</summary>
internal static class Resting
{
    /// <summary>Live orders that close the position: its stops, and what closes it at the market.</summary>
    public static IEnumerable<SimVenueOrder> ClosersOf(this SimVenueView venue, SimVenuePosition position) =>
        venue.Orders.Where(order => order.Command.Symbol == position.Symbol && order.Command.ReduceOnly
            && order.Command.Side == (position.Quantity > 0 ? Side.Sell : Side.Buy));

    /// <summary>Live orders that close the position when its stop is hit.</summary>
    public static IEnumerable<SimVenueOrder> StopsOf(this SimVenueView venue, SimVenuePosition position) =>
        venue.ClosersOf(position).Where(order => order.Command.Type == OrderType.StopMarket);
}
