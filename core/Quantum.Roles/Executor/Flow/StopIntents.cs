using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Moves the resting stop for ExitBrain: tighter only, the new stop before the old one goes; a refused new stop
/// leaves the old one where it was.
/// </summary>
internal sealed class StopIntents(ExecutorSettings settings, ExecutorBooks books)
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
            Results.End(moment.Outbox, record, Outcome.Denied, refusal, state);
            return;
        }

        var order = OrderPlans.Stop(position, record.Id, "stop", price);
        state.StopMove = new Flight
        {
            Record = record, ClientOrderId = order.ClientOrderId, PositionId = position.Id, StopPrice = price,
        };
        state.Stop.PendingId = order.ClientOrderId;
        Orders.Place(in moment, state, order);
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
            var (outcome, reason) = Outcomes.Of(order, flight.CancelCode);
            Results.End(moment.Outbox, flight.Record, outcome, reason, state);
            return;
        }

        if (state.Position is { } position && position.Id == flight.PositionId)
            position.StopPrice = flight.StopPrice!.Value;
        Results.End(
            moment.Outbox, flight.Record, Outcome.Applied,
            new Reason("stop_moved", $"the stop rests at {flight.StopPrice}"), state);
    }

    private static Reason? Refuse(PositionRecord position, decimal price, KnownPrice? last)
    {
        var sign = position.Side.Sign();
        if ((price - position.StopPrice) * sign <= 0)
            return new Reason("stop_not_tighter", $"{price} is not tighter than the stop at {position.StopPrice}");
        return last is not null && (last.Price - price) * sign <= 0
            ? new Reason("stop_wrong_side",
                $"{price} is already crossed by the last price {last.Price}: close instead")
            : null;
    }
}
