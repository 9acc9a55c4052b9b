using Quantum.Roles.Executor.Risk;
using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Sends, asks for and cancels orders, and moves their records through their stages. An order whose answer was
/// ambiguous is asked for first; it is sent again only when the venue says it does not have it, with the same id,
/// within its deadline.
/// </summary>
internal sealed class Orders(ExecutorSettings settings)
{
    /// <summary>
    /// Writes the record down and hands the order over; both are one commit, before the venue is called.
    /// </summary>
    public static void Place(in Moment moment, SymbolState state, OrderRecord order)
    {
        if (state.FindOrder(order.ClientOrderId) is not null)
            throw new InvalidOperationException($"{state.Symbol}: order {order.ClientOrderId} was placed before.");
        state.Orders.Add(order);
        order.SentAtMs = order.AwaitedSinceMs = moment.NowMs;
        Send(in moment, state, order);
    }

    public static void Cancel(in Moment moment, SymbolState state, OrderRecord order)
    {
        if (order.IsDone || order.CancelRequested) return;
        order.CancelRequested = true;
        // The venue knows it and owed nothing until now; one that was never answered has been silent from its send on.
        if (order.Stage == OrderStage.Known) order.AwaitedSinceMs = moment.NowMs;
        Publish(in moment, state, order, OrderAction.Cancel);
    }

    /// <summary>Asks the venue where an order stands.</summary>
    public static void Ask(in Moment moment, SymbolState state, OrderRecord order) =>
        Publish(in moment, state, order, OrderAction.Query);

    /// <summary>Lets every answer that is due be asked for with the next look.</summary>
    public static void Hurry(SymbolState state)
    {
        foreach (var order in state.Orders)
            if (order.IsAwaited || order.OwesEnd) order.AskedAtMs = 0;
    }

    /// <summary>Looks after orders that wait for an answer.</summary>
    public void OnClock(in Moment moment, SymbolState state)
    {
        foreach (var order in state.Orders)
        {
            if (AsksForEnd(in moment, order)) Publish(in moment, state, order, OrderAction.Query);
            if (!order.IsAwaited || moment.NowMs - order.AskedAtMs < settings.AnswerTimeoutMs) continue;
            var silentMs = moment.NowMs - Math.Max(order.SentAtMs, order.AwaitedSinceMs);
            // A stop that is to go may still rest there and act later: it is asked for until the venue answers.
            var isGivenUp = silentMs >= settings.GiveUpAfterMs
                && order is not { Purpose: OrderPurpose.Stop, CancelRequested: true };
            if (isGivenUp)
            {
                Finish(order, OrderStatus.Unknown, "venue_silent", $"no answer for {silentMs} ms");
                continue;
            }

            if (order.Stage == OrderStage.Sending) order.Stage = OrderStage.Unknown;
            Publish(in moment, state, order, OrderAction.Query);
        }
    }

    // Its fill may have been told on a stream that nobody heard, and what it opened stands without a stop.
    private bool AsksForEnd(in Moment moment, OrderRecord order) => settings.MaxVenueAgeMs is not null
        && order is { OwesEnd: true, IsAwaited: false } && moment.NowMs - order.AskedAtMs >= settings.EndTimeoutMs;

    /// <summary>Takes the venue's word on an order's state; fills are counted elsewhere, before this.</summary>
    public void OnStatus(in Moment moment, SymbolState state, OrderRecord order, in OrderUpdate update)
    {
        if (order.IsDone)
        {
            TakeAway(in moment, state, order, in update);
            return;
        }

        order.AwaitedSinceMs = moment.NowMs;
        switch (update.Status)
        {
            case OrderStatus.Accepted or OrderStatus.PartiallyFilled:
                BecomeKnown(in moment, state, order);
                break;
            case OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.Rejected or OrderStatus.Expired:
                Finish(order, update.Status, update.ReasonCode, update.Reason);
                break;
            case OrderStatus.NotFound:
                OnNotFound(in moment, state, order, in update);
                break;
            case OrderStatus.Unknown when update.ReasonCode == "not_there_yet":
                // It is asked for until that is certain; of what the venue has told before it says nothing.
                order.IsMissing = order.Stage is OrderStage.Sending or OrderStage.Unknown;
                break;
            case OrderStatus.Unknown:
                order.Stage = OrderStage.Unknown;
                Publish(in moment, state, order, OrderAction.Query);
                break;
        }
    }

    // An order that was given up and turns up after all: what it was for is over, and it could act on what came since.
    private static void TakeAway(in Moment moment, SymbolState state, OrderRecord order, in OrderUpdate update)
    {
        if (order.FinalStatus is not (OrderStatus.Unknown or OrderStatus.NotFound)
            || update.Status is not (OrderStatus.Accepted or OrderStatus.PartiallyFilled)) return;
        // A cancel that went out before it was given up is not waited for any more: it goes out anew.
        (order.Stage, order.FinalStatus, order.CancelRequested) = (OrderStage.Known, null, false);
        Cancel(in moment, state, order);
    }

    private static void BecomeKnown(in Moment moment, SymbolState state, OrderRecord order)
    {
        order.IsMissing = false;
        var answersQuery = order.AwaitsAnswer && !order.CancelAsked;
        // Its id may have been given before Redis forgot it: the venue keeps the older, smaller one under it.
        if (answersQuery && order.IsDoubted) (order.IsDoubted, order.IsShort) = (false, true);
        order.Stage = OrderStage.Known;
        order.AwaitsAnswer = order.CancelAsked;
        // The venue still has an order that we want gone: the cancel was lost.
        if (order.CancelRequested && answersQuery) Publish(in moment, state, order, OrderAction.Cancel);
    }

    private void OnNotFound(in Moment moment, SymbolState state, OrderRecord order, in OrderUpdate update)
    {
        // An answer nobody waits for is older than what we know by now.
        if (!order.AwaitsAnswer) return;
        var isInTime = order.DeadlineMs is not { } deadline || moment.NowMs <= deadline;
        var isNew = order is { Stage: OrderStage.Sending or OrderStage.Unknown, FilledQuantity: 0, IsReplaced: false };
        if (isNew && isInTime && !order.CancelRequested && order.Attempts < settings.MaxAttempts)
            Send(in moment, state, order);
        else if (order.CancelRequested)
            Finish(order, OrderStatus.Canceled, update.ReasonCode, update.Reason);
        else if (!isInTime)
            Finish(order, OrderStatus.Expired, "deadline", "the venue does not have it, and its time is over");
        else
            Finish(order, OrderStatus.NotFound, "venue_lost",
                $"the venue does not have it after {order.Attempts} tries");
    }

    private static void Send(in Moment moment, SymbolState state, OrderRecord order)
    {
        order.Stage = OrderStage.Sending;
        order.IsMissing = false;
        order.Attempts++;
        Publish(in moment, state, order, OrderAction.Place);
    }

    private static void Publish(in Moment moment, SymbolState state, OrderRecord order, OrderAction action)
    {
        order.AskedAtMs = moment.NowMs;
        order.AwaitsAnswer = action != OrderAction.Place;
        order.CancelAsked = action == OrderAction.Cancel;
        // An entry that is sent again is sent as it was.
        var gates = action == OrderAction.Place && state.Entry?.ClientOrderId == order.ClientOrderId
            ? state.Entry.Gates : null;
        moment.Outbox.Publish(
            StreamCatalog.OrderCommand, OrderPlans.Command(order, action, state.Symbol) with { Gates = gates });
    }

    private static void Finish(OrderRecord order, OrderStatus status, string? reasonCode, string? reason)
    {
        order.Stage = OrderStage.Done;
        order.FinalStatus = status;
        order.ReasonCode = reasonCode;
        order.Reason = reason;
    }
}

/// <summary>
/// The only places where orders come from: an entry needs the risk check's proof, everything else is reduce-only.
/// </summary>
internal static class OrderPlans
{
    public static OrderRecord Entry(ApprovedEntry approved, IntentRecord record, string positionId)
    {
        return new OrderRecord
        {
            ClientOrderId = OrderIds.Client(record.Id, "entry"),
            IntentId = record.Id,
            PositionId = positionId,
            CorrelationId = record.CorrelationId,
            Purpose = OrderPurpose.Entry,
            Type = OrderType.Market,
            Side = approved.Intent.Side,
            Quantity = approved.Terms.Quantity,
            ReduceOnly = false,
            ReferencePrice = approved.Terms.ReferencePrice,
            Leverage = approved.Terms.Leverage,
            DeadlineMs = record.DeadlineMs,
        };
    }

    /// <summary>A market order that can only reduce the position.</summary>
    public static OrderRecord Reduce(PositionRecord position, string intentId, string leg, decimal quantity) =>
        Protective(position, intentId, leg, quantity, OrderPurpose.Exit, OrderType.Market, null);

    /// <summary>Closes a position that could not be protected, for no intent.</summary>
    public static OrderRecord Emergency(PositionRecord position, string leg, decimal quantity)
    {
        return Protective(
            position, position.IntentId, leg, quantity, OrderPurpose.Exit, OrderType.Market, null,
            isEmergency: true);
    }

    /// <summary>A resting stop over the whole position.</summary>
    public static OrderRecord Stop(PositionRecord position, string intentId, string leg, decimal triggerPrice) =>
        Protective(position, intentId, leg, position?.Size ?? 0, OrderPurpose.Stop, OrderType.StopMarket, triggerPrice);

    /// <summary>The command that asks the venue for an action on an order.</summary>
    public static OrderCommand Command(OrderRecord order, OrderAction action, Symbol symbol)
    {
        return new OrderCommand
        {
            Action = action,
            ClientOrderId = order.ClientOrderId,
            IntentId = order.IntentId,
            Symbol = symbol,
            Side = order.Side,
            Type = order.Type,
            Purpose = order.Purpose,
            Quantity = action == OrderAction.Place ? order.Quantity : 0,
            TriggerPrice = order.TriggerPrice,
            ReferencePrice = action == OrderAction.Place ? order.ReferencePrice : null,
            ReduceOnly = order.ReduceOnly,
            Leverage = order.Leverage,
            DeadlineMs = order.DeadlineMs,
        };
    }

    private static OrderRecord Protective(
        PositionRecord position, string intentId, string leg, decimal quantity, OrderPurpose purpose, OrderType type,
        decimal? triggerPrice, bool isEmergency = false)
    {
        return new OrderRecord
        {
            ClientOrderId = OrderIds.Client(intentId, leg),
            IntentId = intentId,
            PositionId = position.Id,
            CorrelationId = position.CorrelationId,
            Purpose = purpose,
            Type = type,
            Side = position.Side.ExitSide(),
            Quantity = Math.Min(quantity, position.Size),
            ReduceOnly = true,
            TriggerPrice = triggerPrice,
            IsEmergency = isEmergency,
        };
    }
}
