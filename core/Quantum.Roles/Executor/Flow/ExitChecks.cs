using Quantum.Contracts.Units;
using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>The exits' own guards: there is a position, it is the one meant, and the order would reduce it.</summary>
internal static class ExitChecks
{
    /// <summary>The first refusal, or null.</summary>
    public static Reason? Refuse(SymbolState state, IntentRecord record)
    {
        var intent = record.Intent;
        if (state.Position is not { } position)
            return new Reason("no_position", $"no position in {intent.Symbol} is open");
        if (intent.PositionId is { } meant && meant != position.Id)
            return new Reason("other_position", $"position {meant} is not the open one, {position.Id}");
        if (intent.Side != position.Side.ExitSide())
            return new Reason("wrong_side", $"{intent.Side} does not reduce {position.Quantity}");
        return null;
    }
}
