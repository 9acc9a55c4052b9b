using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>The stop of a position only ever comes nearer.</summary>
internal sealed class StopTightness(SimulatedWorld world) : Checker(world, "stop_loosened")
{
    private readonly Dictionary<string, (int Sign, decimal Trigger)> _nearest = new(StringComparer.Ordinal);

    public override void OnStep(SimVenueView venue)
    {
        foreach (var position in venue.Positions)
        {
            var (name, sign) = (position.Symbol.Name, Math.Sign(position.Quantity));
            if (sign == 0)
            {
                _nearest.Remove(name);
                continue;
            }

            decimal[] triggers = [.. venue.StopsOf(position).Select(order => order.Command.TriggerPrice!.Value)];
            if (triggers.Length == 0) continue;
            var nearest = sign > 0 ? triggers.Max() : triggers.Min();
            var (before, known) = (_nearest.TryGetValue(name, out var last), last);
            if (before && known.Sign == sign && (nearest - known.Trigger) * sign < 0)
                Fail($"{name}: the stop of {position.Quantity} went from {known.Trigger} to {nearest}");
            _nearest[name] = (sign, nearest);
        }
    }
}
