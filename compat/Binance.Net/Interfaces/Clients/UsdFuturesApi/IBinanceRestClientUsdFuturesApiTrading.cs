namespace Binance.Net.Interfaces.Clients.UsdFuturesApi;

public interface IBinanceRestClientUsdFuturesApiTrading
{
    Task<HttpResult<BinanceUsdFuturesOrder>> PlaceOrderAsync(
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
        CancellationToken ct = default);

    Task<HttpResult<BinanceUsdFuturesOrder>> GetOrderAsync(
        string symbol,
        long? orderId = null,
        string? origClientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceUsdFuturesOrder>> CancelOrderAsync(
        string symbol,
        long? orderId = null,
        string? origClientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesCancelAllOrders>> CancelAllOrdersAsync(
        string symbol, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesCountDownResult>> CancelAllOrdersAfterTimeoutAsync(
        string symbol, TimeSpan countDownTime, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceUsdFuturesOrder>> GetOpenOrderAsync(
        string symbol,
        long? orderId = null,
        string? origClientOrderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceUsdFuturesOrder[]>> GetOpenOrdersAsync(
        string? symbol = null, int? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceUsdFuturesOrder[]>> GetOrdersAsync(
        string? symbol = null,
        long? orderId = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        int? receiveWindow = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesUsdtTrade[]>> GetUserTradesAsync(
        string symbol,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? limit = null,
        long? fromId = null,
        long? orderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default);

    Task<HttpResult<BinancePositionV3[]>> GetPositionsAsync(
        string? symbol = null, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesConditionalOrder>> PlaceConditionalOrderAsync(
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
        CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesConditionalOrder>> CancelConditionalOrderAsync(
        long? orderId = null, string? clientOrderId = null, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceResult>> CancelAllConditionalOrdersAsync(
        string symbol, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesConditionalOrder[]>> GetOpenConditionalOrdersAsync(
        string? symbol = null,
        string? algoType = null,
        long? orderId = null,
        long? receiveWindow = null,
        CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesConditionalOrder>> GetConditionalOrderAsync(
        long? orderId = null, string? clientOrderId = null, long? receiveWindow = null, CancellationToken ct = default);

    Task<HttpResult<BinanceFuturesConditionalOrder[]>> GetConditionalOrdersAsync(
        string symbol,
        long? orderId = null,
        DateTime? startTime = null,
        DateTime? endTime = null,
        int? page = null,
        int? limit = null,
        long? receiveWindow = null,
        CancellationToken ct = default);
}
