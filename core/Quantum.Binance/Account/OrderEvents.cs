using System.Globalization;
using Binance.Net.Enums;
using Binance.Net.Objects.Models.Futures.Socket;
using Quantum.Binance.Orders;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;
using VenueStatus = Binance.Net.Enums.OrderStatus;

namespace Quantum.Binance.Account;

/// <summary>
/// What the account's stream says of orders. A conditional order lives on in the one that it came to: what happens to
/// that is told under the conditional one's id, also what was told before the exchange said whose it is.
/// </summary>
internal sealed class OrderEvents(OrderNames names, Fees fees)
{
    private const int MostRecent = 256;

    private readonly Queue<(long OrderId, OrderUpdate Update)> _recent = new();

    public void OnOrder(BinanceFuturesStreamOrderUpdate frame, IVenueListener listener)
    {
        var order = frame.UpdateData;
        if (!Symbol.TryParse(order.Symbol, out var symbol) || VenueWords.Of(order.Side) is not { } side
            || VenueWords.Of(order.Status) is not { } status || string.IsNullOrEmpty(order.ClientOrderId))
        {
            Unreadable(listener, "order_update", order.ToString());
            return;
        }

        var forced = VenueWords.ForcedCode(order.ClientOrderId, order.Type);
        // The exchange's own orders are calculated, which the library has no word for.
        if (forced is null && !Enum.IsDefined(order.ExecutionType))
            Unreadable(listener, "execution_type", order.ToString());
        var isFill = order is { QuantityOfLastFilledTrade: > 0, PriceLastFilledTrade: > 0 }
            && (forced is not null || order.ExecutionType == ExecutionType.Trade);
        var update = Base(symbol, side, status, order);
        if (isFill) update = WithFill(update, symbol, order);
        if (forced is not null)
        {
            // That such an order is there moves nothing yet.
            if (isFill) listener.OnUpdate(update with
            {
                Kind = UpdateKind.Liquidation, ClientOrderId = null, ReasonCode = forced,
                Reason = $"the exchange's own order {order.ClientOrderId}",
            });
            return;
        }

        var ours = names.OfTriggered(order.OrderId);
        if (ours is null)
        {
            names.Order(order.OrderId, order.ClientOrderId);
            Remember(order.OrderId, in update);
        }

        var told = update with { ClientOrderId = ours ?? order.ClientOrderId };
        listener.OnUpdate(in told);
    }

    public void OnConditional(BinanceAlgoOrderUpdate frame, IVenueListener listener)
    {
        var order = frame.Order;
        if (order is null || !Symbol.TryParse(order.Symbol, out var symbol) || string.IsNullOrEmpty(order.ClientOrderId)
            || VenueWords.Of(order.Side) is not { } side || !Enum.IsDefined(order.Status))
        {
            Unreadable(listener, "algo_update", order?.ToString() ?? frame.ToString());
            return;
        }

        names.Conditional(order.Id, order.ClientOrderId);
        if (names.Triggered(order.ActualOrderId, order.ClientOrderId))
            TellAgain(order.ActualOrderId!.Value, order.ClientOrderId, listener);
        var (filled, price) = (order.QuantityFilled ?? 0, order.AverageFillPrice ?? 0);
        var isFilled = filled > 0 && price > 0;
        var isTotal = order.Status == AlgoOrderStatus.Finished && isFilled;
        // Finished without a fill: the order that it came to was taken back, or what is filled is told apart.
        var status = VenueWords.Of(order.Status)
            ?? (isFilled ? OrderStatus.Filled : order.ActualOrderId is > 0 ? null : OrderStatus.Expired);
        if (status is not { } known) return;
        var update = Bare(symbol, side, known) with
        {
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = OrderAnswers.Id(order.ActualOrderId is > 0 and { } actual ? actual : order.Id),
            CumulativeQuantity = isTotal ? filled : 0,
            AveragePrice = isTotal ? price : null,
            Reason = order.Status is AlgoOrderStatus.Rejected or AlgoOrderStatus.Expired
                ? string.Create(CultureInfo.InvariantCulture,
                    $"the exchange ended the conditional order at {order.TriggerPrice} as {order.Status}")
                : null,
        };
        listener.OnUpdate(in update);
    }

    public void OnTriggerRejected(BinanceConditionOrderTriggerRejectUpdate frame, IVenueListener listener)
    {
        var reject = frame.RejectInfo;
        var clientId = reject is null ? null
            : names.OfConditional(reject.OrderId) ?? names.OfOrder(reject.OrderId);
        if (clientId is null || !Symbol.TryParse(reject!.Symbol, out var symbol))
        {
            Unreadable(listener, "conditional_trigger_reject", reject?.ToString() ?? frame.ToString());
            return;
        }

        var update = Bare(symbol, null, OrderStatus.Rejected) with
        {
            ClientOrderId = clientId, VenueOrderId = OrderAnswers.Id(reject.OrderId), ReasonCode = "trigger_rejected",
            Reason = reject.Reason,
        };
        listener.OnUpdate(in update);
    }

    /// <summary>Shows what was not understood, and counts it.</summary>
    public static void Unreadable(IVenueListener listener, string what, string payload)
    {
        BinanceMeter.Unreadable.Add(1, new KeyValuePair<string, object?>("kind", what));
        listener.OnUnreadable(what, payload);
    }

    /// <summary>An update that says nothing yet but where it stands.</summary>
    public static OrderUpdate Bare(Symbol symbol, Side? side, OrderStatus status) => new()
    {
        Kind = UpdateKind.Order,
        Symbol = symbol,
        Status = status,
        Side = side,
        LastFillQuantity = 0,
        CumulativeQuantity = 0,
        FeeUsd = 0,
    };

    private static OrderUpdate Base(
        Symbol symbol, Side side, OrderStatus status, BinanceFuturesStreamOrderUpdateData order) =>
        Bare(symbol, side, status) with
        {
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = OrderAnswers.Id(order.OrderId),
            CumulativeQuantity = order.AccumulatedQuantityOfFilledTrades,
            AveragePrice = order is { AccumulatedQuantityOfFilledTrades: > 0, AveragePrice: > 0 }
                ? order.AveragePrice
                : null,
            ReasonCode = VenueWords.ExpiryCode(
                order.Status, order.TimeInForce, order.AccumulatedQuantityOfFilledTrades),
            Reason = order is { Status: VenueStatus.Expired, ExpireReason: { } why } && why != "0"
                ? $"the exchange's expiry reason {why}"
                : null,
        };

    private OrderUpdate WithFill(in OrderUpdate update, Symbol symbol, BinanceFuturesStreamOrderUpdateData order) =>
        update with
        {
            Kind = UpdateKind.Fill,
            VenueTradeId = OrderAnswers.Id(order.TradeId),
            LastFillQuantity = order.QuantityOfLastFilledTrade,
            LastFillPrice = order.PriceLastFilledTrade,
            FeeUsd = fees.OfFill(symbol, order.TradeId, order.FeeAsset, order.Fee,
                order.PriceLastFilledTrade * order.QuantityOfLastFilledTrade),
            // The library's name misleads: the exchange's field says whether this side rested in the book.
            IsMaker = order.BuyerIsMaker,
        };

    private void Remember(long orderId, in OrderUpdate update)
    {
        _recent.Enqueue((orderId, update));
        if (_recent.Count > MostRecent) _recent.Dequeue();
    }

    // A fill counts once by its id, and a total says the same twice.
    private void TellAgain(long orderId, string clientId, IVenueListener listener)
    {
        foreach (var (id, update) in _recent)
        {
            if (id != orderId || update.ClientOrderId == clientId) continue;
            var ours = update with { ClientOrderId = clientId };
            listener.OnUpdate(in ours);
        }
    }
}
