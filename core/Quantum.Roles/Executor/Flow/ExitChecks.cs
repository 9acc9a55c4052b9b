using Quantum.Roles.Executor.State;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// The exits' own guards: there is a position, it is the one meant, and the order would reduce it by something that the
/// venue trades.
/// </summary>
internal static class ExitChecks
{
    /// <summary>The first refusal, or null.</summary>
    public static Reason? Refuse(SymbolState state, IntentRecord record, SymbolFilters filters)
    {
        var intent = record.Intent;
        if (state.Position is not { } position)
            return new Reason("no_position", $"no position in {intent.Symbol} is open");
        if (intent.PositionId is { } meant && meant != position.Id)
            return new Reason("other_position", $"position {meant} is not the open one, {position.Id}");
        if (intent.Side != position.Side.ExitSide())
            return new Reason("wrong_side", $"{intent.Side} does not reduce {position.Quantity}");
        // All that is left may be closed, however little it is; a part is never made larger than it was asked for.
        return intent.Quantity is { } part && part < position.Size && filters.FloorQuantity(part) < filters.MinQuantity
            ? new Reason("min_quantity",
                $"{part} of {position.Size} is {filters.FloorQuantity(part)}, the least is {filters.MinQuantity}")
            : null;
    }
}
