using Binance.Net.Clients;
using Binance.Net.Enums;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;

namespace Quantum.Binance.Orders;

/// <summary>
/// Sends orders and takes them back, each once, always under our own id. What waits for a price goes to the conditional
/// endpoint, whose orders the plain one refuses.
/// </summary>
internal sealed class OrderPlacing(
    BinanceRestClient rest, BinanceCalls calls, SymbolSetup setup, OrderQueries queries, OrderNames names,
    TimeProvider time)
{
    public async ValueTask<OrderUpdate> PlaceAsync(OrderCommand order, CancellationToken cancel)
    {
        var latestMs = order.DeadlineMs ?? calls.Patience;
        var urgency = UrgencyOf(in order);
        // What reduces risk never waits for how the position was to be opened.
        if (order.Leverage is { } leverage && urgency == RequestUrgency.Entry)
        {
            var refusal = await setup.EnsureAsync(order.Symbol, leverage, urgency, latestMs, cancel)
                .ConfigureAwait(false);
            if (refusal is { } why) return OrderAnswers.NotPlaced(in order, why);
        }

        if (time.NowMs() > latestMs)
        {
            return OrderUpdate.To(
                in order, OrderStatus.Expired, "deadline", "its time was over before it could be sent");
        }

        var (told, outcome) = order.Type.IsConditional()
            ? await ConditionalAsync(order, urgency, latestMs, cancel).ConfigureAwait(false)
            : await PlainAsync(order, urgency, latestMs, cancel).ConfigureAwait(false);
        if (told is { } placed) return placed;
        var answer = BinanceAnswers.Judge(in outcome);
        if (answer.Kind == AnswerKind.Duplicate)
            return await DuplicateAsync(order, answer, cancel).ConfigureAwait(false);
        return OrderAnswers.NotPlaced(in order, answer);
    }

    public async ValueTask<OrderUpdate> CancelAsync(OrderCommand order, CancellationToken cancel)
    {
        var isConditional = order.Type.IsConditional();
        var reply = isConditional
            ? await CancelConditionalAsync(order, cancel).ConfigureAwait(false)
            : await CancelPlainAsync(order, cancel).ConfigureAwait(false);
        if (reply.Data is { } canceled) return canceled;
        var answer = BinanceAnswers.Judge(reply.Outcome);
        if (answer.Kind is AnswerKind.Gone or AnswerKind.NotFound)
        {
            // What has been triggered lives on as a plain order, under the same id or another.
            var told = await queries.AskAsync(order, cancel).ConfigureAwait(false);
            var isLive = told.Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled;
            return isConditional && isLive && told.VenueOrderId is { } id && long.TryParse(id, out var orderId)
                && names.OfTriggered(orderId) == order.ClientOrderId
                ? await CancelTriggeredAsync(order, orderId, told, cancel).ConfigureAwait(false)
                : told;
        }

        // The cancel failed, not the order.
        return OrderUpdate.To(in order, OrderStatus.Unknown, answer.ReasonCode ?? "no_answer", answer.Words);
    }

    private static RequestUrgency UrgencyOf(in OrderCommand order) =>
        order.ReduceOnly || order.Purpose is OrderPurpose.Exit or OrderPurpose.Stop
            ? RequestUrgency.Exit
            : RequestUrgency.Entry;

    private async ValueTask<OrderUpdate> DuplicateAsync(
        OrderCommand order, Answer answer, CancellationToken cancel)
    {
        var told = await queries.AskAsync(order, cancel).ConfigureAwait(false);
        // The exchange has an order of this id and says it has none: neither may be taken for true.
        return told.Status == OrderStatus.NotFound
            ? OrderUpdate.To(in order, OrderStatus.Unknown, "duplicate", answer.Words)
            : told;
    }

    private async ValueTask<(OrderUpdate? Told, CallOutcome Outcome)> PlainAsync(
        OrderCommand order, RequestUrgency urgency, long latestMs, CancellationToken cancel)
    {
        var hasPrice = order.Type == OrderType.Limit;
        var reply = await calls.SendAsync("place", urgency, Costs.Order, latestMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.PlaceOrderAsync(
                order.Symbol.Name, VenueWords.Of(order.Side),
                hasPrice ? FuturesOrderType.Limit : FuturesOrderType.Market, order.Quantity,
                price: hasPrice ? order.Price : null,
                timeInForce: hasPrice ? VenueWords.Of(order.TimeInForce) : null,
                reduceOnly: order.ReduceOnly ? true : null,
                newClientOrderId: order.ClientOrderId,
                orderResponseType: OrderResponseType.Result,
                ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        if (reply.Data is not { } placed) return (null, reply.Outcome);
        names.Order(placed.Id, order.ClientOrderId);
        return (OrderAnswers.Of(in order, placed), reply.Outcome);
    }

    private async ValueTask<(OrderUpdate? Told, CallOutcome Outcome)> ConditionalAsync(
        OrderCommand order, RequestUrgency urgency, long latestMs, CancellationToken cancel)
    {
        var hasPrice = order.Type is OrderType.StopLimit or OrderType.TakeProfitLimit;
        var closesAll = order.ClosePosition == true;
        var reply = await calls.SendAsync("place", urgency, Costs.Order, latestMs, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.PlaceConditionalOrderAsync(
                order.Symbol.Name, VenueWords.Of(order.Side), VenueWords.ConditionalOf(order.Type),
                closesAll ? null : order.Quantity,
                price: hasPrice ? order.Price : null,
                timeInForce: hasPrice ? VenueWords.Of(order.TimeInForce) : null,
                reduceOnly: order.ReduceOnly && !closesAll ? true : null,
                clientOrderId: order.ClientOrderId,
                triggerPrice: order.TriggerPrice,
                workingType: order.TriggerBy == TriggerBy.MarkPrice ? WorkingType.Mark : WorkingType.Contract,
                closePosition: closesAll ? true : null,
                ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        if (reply.Data is not { } placed) return (null, reply.Outcome);
        names.Conditional(placed.Id, order.ClientOrderId);
        names.Triggered(placed.ActualOrderId, order.ClientOrderId);
        return (OrderAnswers.Of(in order, placed), reply.Outcome);
    }

    private async ValueTask<Reply<OrderUpdate?>> CancelPlainAsync(OrderCommand order, CancellationToken cancel)
    {
        var reply = await calls.SendAsync("cancel", RequestUrgency.Exit, Costs.One, calls.Patience, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.CancelOrderAsync(
                order.Symbol.Name, origClientOrderId: order.ClientOrderId, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        return new(reply.Outcome, reply.Data is { } known ? OrderAnswers.Of(in order, known) : null);
    }

    // The reply holds no state of the order, only that it is gone.
    private async ValueTask<Reply<OrderUpdate?>> CancelConditionalAsync(OrderCommand order, CancellationToken cancel)
    {
        var reply = await calls.SendAsync("cancel", RequestUrgency.Exit, Costs.One, calls.Patience, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.CancelConditionalOrderAsync(
                clientOrderId: order.ClientOrderId, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        return new(
            reply.Outcome,
            reply.Data is { } known
                ? OrderUpdate.To(in order, OrderStatus.Canceled, "canceled", "taken back, as asked") with
                {
                    VenueOrderId = known.Id > 0 ? OrderAnswers.Id(known.Id) : null,
                }
                : null);
    }

    private async ValueTask<OrderUpdate> CancelTriggeredAsync(
        OrderCommand order, long orderId, OrderUpdate known, CancellationToken cancel)
    {
        var reply = await calls.SendAsync("cancel", RequestUrgency.Exit, Costs.One, calls.Patience, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.CancelOrderAsync(
                order.Symbol.Name, orderId: orderId, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        return reply.Data is { } canceled ? OrderAnswers.Of(in order, canceled) : known;
    }
}
