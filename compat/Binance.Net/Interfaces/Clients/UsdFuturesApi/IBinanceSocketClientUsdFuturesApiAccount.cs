namespace Binance.Net.Interfaces.Clients.UsdFuturesApi;

public interface IBinanceSocketClientUsdFuturesApiAccount
{
    Task<WebSocketResult<UpdateSubscription>> SubscribeToUserDataUpdatesAsync(
        string listenKey,
        Action<DataEvent<BinanceFuturesStreamConfigUpdate>>? onLeverageUpdate = null,
        Action<DataEvent<BinanceFuturesStreamMarginUpdate>>? onMarginUpdate = null,
        Action<DataEvent<BinanceFuturesStreamAccountUpdate>>? onAccountUpdate = null,
        Action<DataEvent<BinanceFuturesStreamOrderUpdate>>? onOrderUpdate = null,
        Action<DataEvent<BinanceFuturesStreamTradeUpdate>>? onTradeUpdate = null,
        Action<DataEvent<BinanceStreamEvent>>? onListenKeyExpired = null,
        Action<DataEvent<BinanceStrategyUpdate>>? onStrategyUpdate = null,
        Action<DataEvent<BinanceGridUpdate>>? onGridUpdate = null,
        Action<DataEvent<BinanceConditionOrderTriggerRejectUpdate>>? onConditionalOrderTriggerRejectUpdate = null,
        Action<DataEvent<BinanceAlgoOrderUpdate>>? onAlgoOrderUpdate = null,
        CancellationToken ct = default);
}
