using Binance.Net.Clients;
using Binance.Net.Enums;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;

namespace Quantum.Binance.Orders;

/// <summary>
/// Asks where an order stands. A conditional one is asked for as such, and followed to the order that it came to; it
/// does not exist only when neither kind does.
/// </summary>
internal sealed class OrderQueries(BinanceRestClient rest, BinanceCalls calls, OrderNames names)
{
    /// <summary>
    /// Where it stands now; one that was sent a moment ago may still arrive after the exchange has said that it is not
    /// there. Asked as an exit is sent: what is not known may be a position without its stop.
    /// </summary>
    public async ValueTask<OrderUpdate> AskAsync(OrderCommand order, CancellationToken cancel)
    {
        if (order.Type.IsConditional())
        {
            var told = await ConditionalAsync(order, cancel).ConfigureAwait(false);
            if (told.Status != OrderStatus.NotFound) return told;
        }

        return await PlainAsync(order, null, cancel).ConfigureAwait(false);
    }

    private async ValueTask<OrderUpdate> PlainAsync(
        OrderCommand order, long? orderId, CancellationToken cancel)
    {
        var reply = await calls.AskAsync("query", Costs.One, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetOrderAsync(
                order.Symbol.Name, orderId: orderId, origClientOrderId: orderId is null ? order.ClientOrderId : null,
                ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel, RequestUrgency.Exit).ConfigureAwait(false);
        if (reply.Data is not { } known) return Missing(in order, reply.Outcome);
        if (orderId is null) names.Order(known.Id, order.ClientOrderId);
        return OrderAnswers.Of(in order, known);
    }

    private async ValueTask<OrderUpdate> ConditionalAsync(OrderCommand order, CancellationToken cancel)
    {
        var reply = await calls.AskAsync("query", Costs.One, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetConditionalOrderAsync(
                clientOrderId: order.ClientOrderId, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel, RequestUrgency.Exit).ConfigureAwait(false);
        if (reply.Data is not { } known) return Missing(in order, reply.Outcome);
        names.Conditional(known.Id, order.ClientOrderId);
        if (known.Status is AlgoOrderStatus.Canceled or AlgoOrderStatus.New || known.ActualOrderId is not > 0)
            return OrderAnswers.Of(in order, known);
        names.Triggered(known.ActualOrderId, order.ClientOrderId);
        var told = await PlainAsync(order, known.ActualOrderId, cancel).ConfigureAwait(false);
        // It has come to an order: that one is there, whatever the answer says.
        return told.Status == OrderStatus.NotFound ? told with { Status = OrderStatus.Unknown } : told;
    }

    private static OrderUpdate Missing(in OrderCommand order, CallOutcome outcome)
    {
        var answer = BinanceAnswers.Judge(in outcome);
        return answer.Kind is AnswerKind.NotFound or AnswerKind.Gone
            ? OrderUpdate.To(in order, OrderStatus.NotFound, "not_found", answer.Words)
            : OrderUpdate.To(in order, OrderStatus.Unknown, answer.ReasonCode ?? "no_answer", answer.Words);
    }
}
