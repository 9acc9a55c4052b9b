using Quantum.Roles.Venue;
using Quantum.Simulation.Checks;

namespace Quantum.Simulation.Faults;

/// <summary>
/// What an operator says of one position, or to lift what tripped: half of the time while an order of the symbol is on
/// its way, else of a position that is held, if there is one.
/// </summary>
internal static class PositionWords
{
    // Of the way from the stop to the market: nearer, farther, and beyond the market.
    private static readonly decimal[] s_moves = [0.3m, 0.7m, -0.5m, 1.2m];

    public static void Plan(SimulatedWorld world, Fault fault)
    {
        var symbol = Symbol.Parse(fault.Target);
        if (fault.Value % 2 == 0)
        {
            world.Witness.AtNextOrder[symbol] = () => Say(world, fault, symbol);
            return;
        }

        var held = world.Exchange.View().Positions.FirstOrDefault(position => position.Quantity != 0)?.Symbol;
        Say(world, fault, held ?? symbol);
    }

    private static void Say(SimulatedWorld world, Fault fault, Symbol symbol)
    {
        var word = new ControlCommand
        {
            Command = fault.Kind switch
            {
                FaultKind.Close => ControlAction.Close,
                FaultKind.StopMove => ControlAction.MoveStop,
                FaultKind.Adopt => ControlAction.Adopt,
                _ => ControlAction.Reset,
            },
            Symbol = fault.Kind == FaultKind.Reset ? null : symbol,
            StopPrice = fault.Kind == FaultKind.StopMove ? StopOf(world, symbol, fault.Value / 2) : null,
            Reason = "simulation", By = "anna",
        };
        FaultActs.Say(world, in word, $"word-{fault.Number}");
    }

    private static decimal StopOf(SimulatedWorld world, Symbol symbol, long move)
    {
        var venue = world.Exchange.View();
        var position = venue.Positions.FirstOrDefault(known => known.Symbol == symbol);
        var market = position is { MarkPrice: > 0 } ? position.MarkPrice : 1;
        var stop = position is null or { Quantity: 0 } ? null : venue.StopsOf(position).FirstOrDefault();
        var from = stop?.Command.TriggerPrice ?? market * 0.99m;
        return from + s_moves[move % s_moves.Length] * (market - from);
    }
}
