using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>
/// No position stands longer than the limit without a stop at the venue for all of it, or an order that closes it.
/// </summary>
internal sealed class Protection(SimulatedWorld world) : Checker(world, "protected")
{
    /// <summary>A close fills on the next price, which is up to a step away, ms.</summary>
    private const long NextPriceMs = 8_000;

    public override void OnStep(SimVenueView venue)
    {
        foreach (var position in venue.Positions)
        {
            var name = position.Symbol.Name;
            var covered = venue.ClosersOf(position).Sum(order => order.Command.Quantity - order.FilledQuantity);
            var limitMs = World.System.Executor.MaxUnprotectedMs + NextPriceMs;
            if (WrongFor(name, covered < Math.Abs(position.Quantity), limitMs) is { } ms)
                Fail($"{name}: {position.Quantity} is held, what closes it at the venue covers {covered}, "
                    + $"for {ms} ms");
        }
    }
}
