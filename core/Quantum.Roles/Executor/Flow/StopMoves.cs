using Quantum.Contracts.Units;
using Quantum.Roles.Executor.Orders;
using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Moves the resting stop for ExitBrain: tighter only, the new stop before the old one goes; a refused new stop
/// leaves the old one where it was.
/// </summary>
internal sealed class StopMoves(ExecutorSettings settings, ExecutorBooks books)
{
    /// <summary>
    /// False while the stop is being placed or replaced, or the position is being closed for want of one.
    /// </summary>
    public static bool CanStart(SymbolState state) =>
        state.StopMove is null && state.Stop is { PendingId: null, CloseId: null };

    public void Start(in Moment moment, SymbolState state, IntentRecord record)
    {
        var position = state.Position!;
        var filters = settings.Symbols.Find(state.Symbol)!;
        var price = filters.TighterStop(position.Side, record.Intent.StopLoss!.Value);
        if (Refuse(position, price, books.PriceOf(state.Symbol)) is { } refusal)
        {
            ResultDesk.End(moment.Outbox, record, Outcome.Denied, refusal, state);
            return;
        }

        var order = OrderPlans.Stop(position, record.Id, "stop", price);
        state.StopMove = new Flight
        {
            Record = record, ClientOrderId = order.ClientOrderId, PositionId = position.Id, StopPrice = price,
        };
        state.Stop.PendingId = order.ClientOrderId;
        OrderDesk.Place(in moment, state, order);
    }

    /// <summary>Ends the move once the venue has the new stop, or has refused it.</summary>
    public static void Conclude(in Moment moment, SymbolState state)
    {
        if (state.StopMove is not { } flight) return;
        var order = state.OrderOf(flight);
        if (order is { IsDone: false, Stage: not OrderStage.Known }) return;
        state.StopMove = null;
        var isPlaced = order.Stage == OrderStage.Known || order.FilledQuantity > 0;
        if (!isPlaced)
        {
            state.Stop.PendingId = null;
            var (outcome, reason) = OrderEnds.Of(order, flight.CancelCode);
            ResultDesk.End(moment.Outbox, flight.Record, outcome, reason, state);
            return;
        }

        if (state.Position is { } position && position.Id == flight.PositionId)
            position.StopPrice = flight.StopPrice!.Value;
        ResultDesk.End(
            moment.Outbox, flight.Record, Outcome.Applied,
            new Refusal("stop_moved", $"the stop rests at {flight.StopPrice}"), state);
    }

    private static Refusal? Refuse(PositionRecord position, decimal price, PriceState? last)
    {
        var sign = position.Side.Sign();
        if ((price - position.StopPrice) * sign <= 0)
            return new Refusal("stop_not_tighter", $"{price} is not tighter than the stop at {position.StopPrice}");
        return last is not null && (last.Price - price) * sign <= 0
            ? new Refusal("stop_wrong_side",
                $"{price} is already crossed by the last price {last.Price}: close instead")
            : null;
    }
}
