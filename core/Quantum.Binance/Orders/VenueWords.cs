using Binance.Net.Enums;
using Quantum.Contracts.Units;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;
using TimeInForce = Quantum.Contracts.Units.TimeInForce;
using VenueStatus = Binance.Net.Enums.OrderStatus;
using VenueTimeInForce = Binance.Net.Enums.TimeInForce;

namespace Quantum.Binance.Orders;

/// <summary>The exchange's words as ours; null where it uses one that is not known here.</summary>
internal static class VenueWords
{
    public static OrderStatus? Of(VenueStatus status) => status switch
    {
        VenueStatus.New or VenueStatus.PendingNew or VenueStatus.PendingCancel => OrderStatus.Accepted,
        VenueStatus.PartiallyFilled => OrderStatus.PartiallyFilled,
        // The last two: what a liquidation leaves is taken over by the exchange.
        VenueStatus.Filled or VenueStatus.Insurance or VenueStatus.Adl => OrderStatus.Filled,
        VenueStatus.Canceled => OrderStatus.Canceled,
        VenueStatus.Rejected => OrderStatus.Rejected,
        VenueStatus.Expired or VenueStatus.ExpiredInMatch => OrderStatus.Expired,
        _ => null,
    };

    /// <summary>Of a conditional order that has not come to an order of its own.</summary>
    public static OrderStatus? Of(AlgoOrderStatus status) => status switch
    {
        AlgoOrderStatus.New or AlgoOrderStatus.Triggering or AlgoOrderStatus.Triggered => OrderStatus.Accepted,
        AlgoOrderStatus.Canceled => OrderStatus.Canceled,
        AlgoOrderStatus.Rejected => OrderStatus.Rejected,
        AlgoOrderStatus.Expired => OrderStatus.Expired,
        _ => null,
    };

    public static Side? Of(OrderSide side) => side switch
    {
        OrderSide.Buy => Side.Buy, OrderSide.Sell => Side.Sell, _ => null,
    };

    /// <summary>A trailing stop of another program waits for a price as a stop does.</summary>
    public static OrderType? Of(FuturesOrderType type) => type switch
    {
        FuturesOrderType.Market or FuturesOrderType.Liquidation => OrderType.Market,
        FuturesOrderType.Limit => OrderType.Limit,
        FuturesOrderType.StopMarket or FuturesOrderType.TrailingStopMarket => OrderType.StopMarket,
        FuturesOrderType.TakeProfitMarket => OrderType.TakeProfitMarket,
        FuturesOrderType.Stop => OrderType.StopLimit,
        FuturesOrderType.TakeProfit => OrderType.TakeProfitLimit,
        _ => null,
    };

    public static OrderSide Of(Side side) => side == Side.Buy ? OrderSide.Buy : OrderSide.Sell;

    public static ConditionalOrderType ConditionalOf(OrderType type) => type switch
    {
        OrderType.StopMarket => ConditionalOrderType.StopMarket,
        OrderType.TakeProfitMarket => ConditionalOrderType.TakeProfitMarket,
        OrderType.StopLimit => ConditionalOrderType.Stop,
        OrderType.TakeProfitLimit => ConditionalOrderType.TakeProfit,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "It waits for no price."),
    };

    public static VenueTimeInForce Of(TimeInForce? time) => time switch
    {
        TimeInForce.Ioc => VenueTimeInForce.ImmediateOrCancel,
        TimeInForce.Fok => VenueTimeInForce.FillOrKill,
        TimeInForce.Gtx => VenueTimeInForce.GoodTillCrossing,
        _ => VenueTimeInForce.GoodTillCanceled,
    };

    /// <summary>Why an order with a limit price expired, as a code; null: the exchange let it.</summary>
    public static string? ExpiryCode(VenueStatus status, VenueTimeInForce time, decimal filled) =>
        status == VenueStatus.ExpiredInMatch ? "self_trade"
        : status != VenueStatus.Expired ? null
        : time == VenueTimeInForce.GoodTillCrossing ? "gtx_would_take"
        : time == VenueTimeInForce.FillOrKill && filled == 0 ? "fok_unfilled" : null;

    /// <summary>Who acted instead of us: the exchange marks its own orders by their client ids.</summary>
    public static string? ForcedCode(string clientId, FuturesOrderType type) =>
        clientId.StartsWith("adl_autoclose", StringComparison.Ordinal) ? "adl"
        : clientId.StartsWith("settlement_autoclose", StringComparison.Ordinal)
            || clientId.StartsWith("delivery_autoclose", StringComparison.Ordinal) ? "settlement"
        : clientId.StartsWith("autoclose-", StringComparison.Ordinal) || type == FuturesOrderType.Liquidation
            ? "liquidation" : null;
}
