using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>
/// No part of a position stands longer than the limit without a stop at the venue, or an order that closes it. An entry
/// that fills bit by bit has a bare bit at nearly every look, and never the same one for long.
/// </summary>
internal sealed class Protection(SimulatedWorld world) : Checker(world, "protected")
{
    /// <summary>A close fills on the next price, which is up to a step away, ms.</summary>
    private const long NextPriceMs = 8_000;

    private readonly Dictionary<Symbol, BareParts> _bare = [];

    public override void OnStep(SimVenueView venue)
    {
        foreach (var symbol in _bare.Keys.Where(known => venue.Positions.All(held => held.Symbol != known)).ToArray())
            _bare.Remove(symbol);
        foreach (var position in venue.Positions)
        {
            var covered = venue.ClosersOf(position).Sum(order => order.Command.Quantity - order.FilledQuantity);
            if (!_bare.TryGetValue(position.Symbol, out var parts)) _bare[position.Symbol] = parts = new BareParts();
            if (parts.Look(position.Quantity, covered, World.NowMs) is { } sinceMs
                && HasLasted(sinceMs, World.System.Executor.MaxUnprotectedMs + NextPriceMs))
            {
                Fail($"{position.Symbol}: {position.Quantity} is held, what closes it at the venue covers {covered}, "
                    + $"and of the rest some has been bare for {World.NowMs - sinceMs} ms");
            }
        }
    }
}
