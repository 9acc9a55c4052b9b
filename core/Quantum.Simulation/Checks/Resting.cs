using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>Which orders live at the venue.</summary>
internal static class Resting
{
    /// <summary>Live orders that close the position: its stops, and what closes it at the market.</summary>
    public static IEnumerable<SimVenueOrder> ClosersOf(this SimVenueView venue, SimVenuePosition position) =>
        venue.Orders.Where(order =>
        {
            var command = order.Command;
            return command.Symbol == position.Symbol && command.ReduceOnly
                && command.Side == (position.Quantity > 0 ? Side.Sell : Side.Buy);
        });

    /// <summary>
    /// True while an order has filled in part and goes on: it is told at its end, so that its intent has one result.
    /// </summary>
    /// <param name="venue">The account.</param>
    /// <param name="symbol">Whose; null: anybody's.</param>
    public static bool IsFilling(this SimVenueView venue, Symbol? symbol = null) => venue.Orders.Any(order =>
        order.FilledQuantity > 0 && (symbol is null || order.Command.Symbol == symbol));

    /// <summary>Live orders that close the position when its stop is hit.</summary>
    public static IEnumerable<SimVenueOrder> StopsOf(this SimVenueView venue, SimVenuePosition position) =>
        venue.ClosersOf(position).Where(order => order.Command.Type == OrderType.StopMarket);
}
