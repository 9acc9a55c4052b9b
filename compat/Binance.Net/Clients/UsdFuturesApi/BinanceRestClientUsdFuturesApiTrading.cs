using Binance.Net.Clients.Rest;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Clients.UsdFuturesApi;

internal sealed class BinanceRestClientUsdFuturesApiTrading(RestTransport transport)
    : IBinanceRestClientUsdFuturesApiTrading
{
    private const string Order = "fapi/v1/order";
    private const string AlgoOrder = "fapi/v1/algoOrder";

    // The client counts no weight for what counts to the account's order limit.
    private static readonly Endpoint s_place = Endpoint.Post(Order, 0);
    private static readonly Endpoint s_query = Endpoint.Get(Order, 1);
    private static readonly Endpoint s_cancel = Endpoint.Delete(Order, 1);
    private static readonly Endpoint s_cancelAll = Endpoint.Delete("fapi/v1/allOpenOrders", 1);
    private static readonly Endpoint s_countDown = Endpoint.Post("fapi/v1/countdownCancelAll", 10);
    private static readonly Endpoint s_openOrder = Endpoint.Get("fapi/v1/openOrder", 1);
    private static readonly Endpoint s_openOrders = Endpoint.Get("fapi/v1/openOrders", 1);
    private static readonly Endpoint s_openOrdersOfAll = Endpoint.Get("fapi/v1/openOrders", 40);
    private static readonly Endpoint s_orders = Endpoint.Get("fapi/v1/allOrders", 5);
    private static readonly Endpoint s_userTrades = Endpoint.Get("fapi/v1/userTrades", 5);
    private static readonly Endpoint s_positions = Endpoint.Get("fapi/v3/positionRisk", 5);
    private static readonly Endpoint s_placeAlgo = Endpoint.Post(AlgoOrder, 0);
    private static readonly Endpoint s_queryAlgo = Endpoint.Get(AlgoOrder, 1);
    private static readonly Endpoint s_cancelAlgo = Endpoint.Delete(AlgoOrder, 1);
    private static readonly Endpoint s_cancelAllAlgo = Endpoint.Delete("fapi/v1/algoOpenOrders", 1);
    private static readonly Endpoint s_openAlgo = Endpoint.Get("fapi/v1/openAlgoOrders", 1);
    private static readonly Endpoint s_openAlgoOfAll = Endpoint.Get("fapi/v1/openAlgoOrders", 40);
    private static readonly Endpoint s_algoOrders = Endpoint.Get("fapi/v1/allAlgoOrders", 5);

    private BinanceRestOptions Options => transport.Options;

    public Task<HttpResult<BinanceUsdFuturesOrder>> PlaceOrderAsync(
        string symbol,
        OrderSide side,
        FuturesOrderType type,
        decimal? quantity,
        decimal? price = null,
        PositionSide? positionSide = null,
        TimeInForce? timeInForce = null,
        bool? reduceOnly = null,
        string? newClientOrderId = null,
        decimal? stopPrice = null,
        decimal? activationPrice = null,
        decimal? callbackRate = null,
        WorkingType? workingType = null,
        bool? closePosition = null,
        OrderResponseType? orderResponseType = null,
        bool? priceProtect = null,
        PriceMatch? priceMatch = null,
        SelfTradePreventionMode? selfTradePreventionMode = null,
        DateTime? goodTillDate = null,
        int? receiveWindow = null,
        CancellationToken ct = default)
    {
        if (closePosition == true && (positionSide, side) is (PositionSide.Short, OrderSide.Sell)
            or (PositionSide.Long, OrderSide.Buy))
            throw new ArgumentException("An order that closes a position is of the other side.", nameof(side));
        if (orderResponseType == OrderResponseType.Full)
            throw new ArgumentException("Futures have no full response.", nameof(orderResponseType));
        var parameters = new RequestParameters().Add("symbol", symbol)
            .Add<OrderSide>("side", side).Add<FuturesOrderType>("type", type)
            .Add("quantity", quantity).Add("newClientOrderId", BrokerReference.Apply(newClientOrderId, Options))
            .Add("price", price).Add("timeInForce", timeInForce).Add("positionSide", positionSide)
            .Add("stopPrice", stopPrice).Add("activationPrice", activationPrice).Add("callbackRate", callbackRate)
            .Add("workingType", workingType).Add("reduceOnly", reduceOnly).Add("closePosition", closePosition)
            .Add("newOrderRespType", orderResponseType);
        Windowed(parameters, receiveWindow).Add("priceProtect", Capital(priceProtect)).Add("priceMatch", priceMatch)
            .Add("selfTradePreventionMode", selfTradePreventionMode).Add("goodTillDate", goodTillDate);
        return transport.SendAsync<BinanceUsdFuturesOrder>(s_place, parameters, ct);
    }

    public Task<HttpResult<BinanceUsdFuturesOrder>> GetOrderAsync(
        string symbol,
        long? orderId = null,
        string? origClientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default) =>
        transport.SendAsync<BinanceUsdFuturesOrder>(
            s_query, OfOrder(symbol, orderId, origClientOrderId, receiveWindow), ct);

    public Task<HttpResult<BinanceUsdFuturesOrder>> CancelOrderAsync(
        string symbol,
        long? orderId = null,
        string? origClientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default) =>
        transport.SendAsync<BinanceUsdFuturesOrder>(
            s_cancel, OfOrder(symbol, orderId, origClientOrderId, receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesCancelAllOrders>> CancelAllOrdersAsync(
        string symbol, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesCancelAllOrders>(s_cancelAll, OfSymbol(symbol, receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesCountDownResult>> CancelAllOrdersAfterTimeoutAsync(
        string symbol, TimeSpan countDownTime, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesCountDownResult>(
            s_countDown,
            Windowed(
                new RequestParameters().Add("symbol", symbol)
                    .Add("countdownTime", (int)countDownTime.TotalMilliseconds),
                receiveWindow),
            ct);

    public Task<HttpResult<BinanceUsdFuturesOrder>> GetOpenOrderAsync(
        string symbol,
        long? orderId = null,
        string? origClientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default) =>
        transport.SendAsync<BinanceUsdFuturesOrder>(
            s_openOrder, OfOrder(symbol, orderId, origClientOrderId, receiveWindow), ct);

    public Task<HttpResult<BinanceUsdFuturesOrder[]>> GetOpenOrdersAsync(
        string? symbol = null, int? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceUsdFuturesOrder[]>(
            symbol is null ? s_openOrdersOfAll : s_openOrders,
            Windowed(new(), receiveWindow).Add("symbol", symbol),
            ct);

    public Task<HttpResult<BinanceUsdFuturesOrder[]>> GetOrdersAsync(
        string? symbol = null,
        long? orderId = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        int? receiveWindow = null,
        CancellationToken ct = default)
    {
        CheckLimit(limit);
        var parameters = new RequestParameters().Add("symbol", symbol).Add("orderId", orderId)
            .Add("startTime", startTime).Add("endTime", endTime);
        return transport.SendAsync<BinanceUsdFuturesOrder[]>(
            s_orders, Windowed(parameters, receiveWindow).Add("limit", limit), ct);
    }

    public Task<HttpResult<BinanceFuturesUsdtTrade[]>> GetUserTradesAsync(
        string symbol,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        long? fromId = null,
        long? orderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default)
    {
        CheckLimit(limit);
        var parameters = new RequestParameters().Add("symbol", symbol).Add("limit", limit).Add("orderId", orderId)
            .Add("fromId", fromId).Add("startTime", startTime).Add("endTime", endTime);
        return transport.SendAsync<BinanceFuturesUsdtTrade[]>(s_userTrades, Windowed(parameters, receiveWindow), ct);
    }

    public Task<HttpResult<BinancePositionV3[]>> GetPositionsAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinancePositionV3[]>(s_positions, OfSymbol(symbol, receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesConditionalOrder>> PlaceConditionalOrderAsync(
        string symbol,
        OrderSide side,
        ConditionalOrderType type,
        decimal? quantity,
        decimal? price = null,
        PositionSide? positionSide = null,
        TimeInForce? timeInForce = null,
        bool? reduceOnly = null,
        string? clientOrderId = null,
        decimal? triggerPrice = null,
        decimal? activationPrice = null,
        decimal? callbackRate = null,
        WorkingType? workingType = null,
        bool? closePosition = null,
        bool? priceProtect = null,
        PriceMatch? priceMatch = null,
        SelfTradePreventionMode? selfTradePreventionMode = null,
        DateTime? goodTillDate = null,
        int? receiveWindow = null,
        CancellationToken ct = default)
    {
        var parameters = new RequestParameters().Add("algoType", "CONDITIONAL").Add("symbol", symbol)
            .Add<OrderSide>("side", side).Add<ConditionalOrderType>("type", type)
            .Add("quantity", quantity).Add("clientAlgoId", BrokerReference.Apply(clientOrderId, Options))
            .Add("price", price).Add("timeInForce", timeInForce).Add("positionSide", positionSide)
            .Add("triggerPrice", triggerPrice).Add("activatePrice", activationPrice).Add("callbackRate", callbackRate)
            .Add("workingType", workingType).Add("reduceOnly", reduceOnly).Add("closePosition", closePosition);
        Windowed(parameters, receiveWindow).Add("priceProtect", Capital(priceProtect)).Add("priceMatch", priceMatch)
            .Add("selfTradePreventionMode", selfTradePreventionMode).Add("goodTillDate", goodTillDate);
        return transport.SendAsync<BinanceFuturesConditionalOrder>(s_placeAlgo, parameters, ct);
    }

    public Task<HttpResult<BinanceFuturesConditionalOrder>> CancelConditionalOrderAsync(
        long? orderId = null,
        string? clientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesConditionalOrder>(
            s_cancelAlgo, OfAlgo(orderId, clientOrderId, receiveWindow), ct);

    public Task<HttpResult<BinanceResult>> CancelAllConditionalOrdersAsync(
        string symbol, long? receiveWindow = null, CancellationToken ct = default) =>
        transport.SendAsync<BinanceResult>(s_cancelAllAlgo, OfSymbol(symbol, receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesConditionalOrder[]>> GetOpenConditionalOrdersAsync(
        string? symbol = null,
        string? algoType = null,
        long? orderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default)
    {
        var parameters = new RequestParameters().Add("algoType", algoType).Add("symbol", symbol)
            .Add("orderId", orderId);
        return transport.SendAsync<BinanceFuturesConditionalOrder[]>(
            symbol is null ? s_openAlgoOfAll : s_openAlgo, Windowed(parameters, receiveWindow), ct);
    }

    public Task<HttpResult<BinanceFuturesConditionalOrder>> GetConditionalOrderAsync(
        long? orderId = null,
        string? clientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default) =>
        transport.SendAsync<BinanceFuturesConditionalOrder>(
            s_queryAlgo, OfAlgo(orderId, clientOrderId, receiveWindow), ct);

    public Task<HttpResult<BinanceFuturesConditionalOrder[]>> GetConditionalOrdersAsync(
        string symbol,
        long? orderId = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? page = null,
        int? limit = null,
        long? receiveWindow = null,
        CancellationToken ct = default)
    {
        var parameters = new RequestParameters().Add("symbol", symbol).Add("orderId", orderId)
            .Add("startTime", startTime).Add("endTime", endTime).Add("page", page).Add("limit", limit);
        return transport.SendAsync<BinanceFuturesConditionalOrder[]>(
            s_algoOrders, Windowed(parameters, receiveWindow), ct);
    }

    private static string? Capital(bool? value) => value is { } set ? set ? "TRUE" : "FALSE" : null;

    private static void CheckLimit(int? limit)
    {
        if (limit is < 1 or > 1000)
            throw new ArgumentException($"The limit {limit} is not between 1 and 1000.", nameof(limit));
    }

    private RequestParameters OfOrder(string symbol, long? orderId, string? clientId, long? receiveWindow)
    {
        if (orderId is null && clientId is null)
            throw new ArgumentException("An order is named by its id or by its client's.", nameof(orderId));
        return Windowed(
            new RequestParameters().Add("symbol", symbol).Add("orderId", orderId)
                .Add("origClientOrderId", BrokerReference.ApplyIfGiven(clientId, Options)),
            receiveWindow);
    }

    private RequestParameters OfAlgo(long? algoId, string? clientId, long? receiveWindow) =>
        Windowed(
            new RequestParameters().Add("algoId", algoId)
                .Add("clientAlgoId", BrokerReference.ApplyIfGiven(clientId, Options)),
            receiveWindow);

    private RequestParameters OfSymbol(string? symbol, long? receiveWindow) =>
        Windowed(new RequestParameters().Add("symbol", symbol), receiveWindow);

    private RequestParameters Windowed(RequestParameters parameters, long? receiveWindow) =>
        transport.Windowed(parameters, receiveWindow);
}
