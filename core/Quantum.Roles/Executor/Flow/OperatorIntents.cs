using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>What an operator wishes of one position, as the reduce-only intent that it is.</summary>
internal static class OperatorIntents
{
    /// <summary>The reason of a trade that a person closed by hand.</summary>
    public const string Close = "operator_close";

    public static TradeIntent Of(in ControlCommand command, PositionRecord? position, long deadlineMs) => new()
    {
        Symbol = command.Symbol!.Value,
        // Without a position there is none to reduce, and the end of the word names no side.
        Side = position?.Side.ExitSide() ?? Side.Sell,
        // A person's word is no belief of a model.
        Confidence = 0d,
        Ilf = IlfContext.Unknown,
        ReduceOnly = true,
        StopLoss = command.StopPrice,
        DeadlineMs = deadlineMs,
        PositionId = command.PositionId,
        Reason = command.Command == ControlAction.MoveStop ? TradeIntent.OperatorStopReason : Close,
    };
}
