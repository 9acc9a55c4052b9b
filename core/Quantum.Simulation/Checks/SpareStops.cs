using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>No stop stays at the venue beside the one that is meant, or behind its position.</summary>
internal sealed class SpareStops(SimulatedWorld world) : Checker(world, "spare_stop")
{
    private const long BoundMs = 90_000;

    public override void OnStep(SimVenueView venue)
    {
        foreach (var position in venue.Positions)
        {
            var name = position.Symbol.Name;
            var meant = position.Quantity == 0 ? 0 : 1;
            var there = venue.Orders.Count(order =>
            {
                var command = order.Command;
                return command.Symbol == position.Symbol && command.ReduceOnly && command.TriggerPrice > 0;
            });
            if (WrongFor(name, there > meant, BoundMs) is { } ms)
                Fail($"{name}: {there} stops rest at the venue for {position.Quantity}, for {ms} ms");
        }
    }
}
