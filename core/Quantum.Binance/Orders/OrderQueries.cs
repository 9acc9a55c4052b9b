using System.Collections.Concurrent;
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
internal sealed class OrderQueries(
    BinanceSettings settings, BinanceRestClient rest, BinanceCalls calls, OrderNames names, TimeProvider time)
{
    private const int MarginMs = 500;

    /// <summary>When an order went out whose answer was doubtful, UTC epoch ms.</summary>
    private readonly ConcurrentDictionary<string, long> _doubtfulSince = new(StringComparer.Ordinal);

    /// <summary>
    /// Remembers an order that may still be on its way: as long as the exchange would take it, that it does not have it
    /// says nothing.
    /// </summary>
    public void Doubt(string clientId, long sentMs)
    {
        var deadMs = time.NowMs() - ArrivalMs;
        foreach (var (id, sinceMs) in _doubtfulSince)
            if (sinceMs < deadMs) _doubtfulSince.TryRemove(id, out _);
        _doubtfulSince[clientId] = sentMs;
    }

    public async ValueTask<OrderUpdate> AskAsync(
        OrderCommand order, RequestUrgency urgency, CancellationToken cancel)
    {
        var told = await OnceAsync(order, urgency, cancel).ConfigureAwait(false);
        if (told.Status != OrderStatus.NotFound || !_doubtfulSince.TryGetValue(order.ClientOrderId, out var sentMs))
            return told;
        var earlyMs = sentMs + ArrivalMs - time.NowMs();
        if (earlyMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(earlyMs), time, cancel).ConfigureAwait(false);
            told = await OnceAsync(order, urgency, cancel).ConfigureAwait(false);
        }

        if (told.Status is not (OrderStatus.NotFound or OrderStatus.Unknown))
            _doubtfulSince.TryRemove(order.ClientOrderId, out _);
        return told;
    }

    private long ArrivalMs => settings.ReceiveWindowMs + MarginMs;

    private async ValueTask<OrderUpdate> OnceAsync(
        OrderCommand order, RequestUrgency urgency, CancellationToken cancel)
    {
        if (order.Type.IsConditional())
        {
            var told = await ConditionalAsync(order, urgency, cancel).ConfigureAwait(false);
            if (told.Status != OrderStatus.NotFound) return told;
        }

        return await PlainAsync(order, null, urgency, cancel).ConfigureAwait(false);
    }

    private async ValueTask<OrderUpdate> PlainAsync(
        OrderCommand order, long? orderId, RequestUrgency urgency, CancellationToken cancel)
    {
        var reply = await calls.AskAsync("query", Costs.One, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetOrderAsync(
                order.Symbol.Name, orderId: orderId, origClientOrderId: orderId is null ? order.ClientOrderId : null,
                ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel, urgency).ConfigureAwait(false);
        if (reply.Data is not { } known) return Missing(in order, reply.Outcome);
        if (orderId is null) names.Order(known.Id, order.ClientOrderId);
        return OrderAnswers.Of(in order, known);
    }

    private async ValueTask<OrderUpdate> ConditionalAsync(
        OrderCommand order, RequestUrgency urgency, CancellationToken cancel)
    {
        var reply = await calls.AskAsync("query", Costs.One, async () =>
        {
            var result = await rest.UsdFuturesApi.Trading.GetConditionalOrderAsync(
                clientOrderId: order.ClientOrderId, ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel, urgency).ConfigureAwait(false);
        if (reply.Data is not { } known) return Missing(in order, reply.Outcome);
        names.Conditional(known.Id, order.ClientOrderId);
        if (known.Status is AlgoOrderStatus.Canceled or AlgoOrderStatus.New || known.ActualOrderId is not > 0)
            return OrderAnswers.Of(in order, known);
        names.Triggered(known.ActualOrderId, order.ClientOrderId);
        var told = await PlainAsync(order, known.ActualOrderId, urgency, cancel).ConfigureAwait(false);
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
