namespace Binance.Net.Interfaces.Clients.UsdFuturesApi;

public interface IBinanceSocketClientUsdFuturesApiExchangeData
{
    Task<WebSocketResult<UpdateSubscription>> SubscribeToAggregatedTradeUpdatesAsync(
        string symbol, Action<DataEvent<BinanceStreamAggregatedTrade>> onMessage, CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToAggregatedTradeUpdatesAsync(
        IEnumerable<string> symbols,
        Action<DataEvent<BinanceStreamAggregatedTrade>> onMessage,
        CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToMarkPriceUpdatesAsync(
        string symbol,
        int? updateInterval,
        Action<DataEvent<BinanceFuturesUsdtStreamMarkPrice>> onMessage,
        CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToMarkPriceUpdatesAsync(
        IEnumerable<string> symbols,
        int? updateInterval,
        Action<DataEvent<BinanceFuturesUsdtStreamMarkPrice>> onMessage,
        CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        string symbol,
        KlineInterval interval,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        string symbol,
        IEnumerable<KlineInterval> intervals,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        IEnumerable<string> symbols,
        KlineInterval interval,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        IEnumerable<string> symbols,
        IEnumerable<KlineInterval> intervals,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToBookTickerUpdatesAsync(
        string symbol, Action<DataEvent<BinanceFuturesStreamBookPrice>> onMessage, CancellationToken ct = default);

    Task<WebSocketResult<UpdateSubscription>> SubscribeToBookTickerUpdatesAsync(
        IEnumerable<string> symbols,
        Action<DataEvent<BinanceFuturesStreamBookPrice>> onMessage,
        CancellationToken ct = default);
}
