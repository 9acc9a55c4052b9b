using Binance.Net.Clients.Streams;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Clients.UsdFuturesApi;

internal sealed class BinanceSocketClientUsdFuturesApiExchangeData(BinanceSocketClientUsdFuturesApi client)
    : IBinanceSocketClientUsdFuturesApiExchangeData
{
    private const string Public = "public";
    private const string Market = "market";

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToAggregatedTradeUpdatesAsync(
        string symbol, Action<DataEvent<BinanceStreamAggregatedTrade>> onMessage, CancellationToken ct = default) =>
        SubscribeToAggregatedTradeUpdatesAsync([symbol], onMessage, ct);

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToAggregatedTradeUpdatesAsync(
        IEnumerable<string> symbols,
        Action<DataEvent<BinanceStreamAggregatedTrade>> onMessage,
        CancellationToken ct = default) =>
        SubscribeAsync(
            Market,
            Topics(symbols, "@aggTrade"),
            new StreamRoute<BinanceStreamAggregatedTrade, BinanceStreamAggregatedTrade>(
                onMessage, trade => trade.EventTime, trade => trade.Symbol),
            ct);

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToMarkPriceUpdatesAsync(
        string symbol,
        int? updateInterval,
        Action<DataEvent<BinanceFuturesUsdtStreamMarkPrice>> onMessage,
        CancellationToken ct = default) =>
        SubscribeToMarkPriceUpdatesAsync([symbol], updateInterval, onMessage, ct);

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToMarkPriceUpdatesAsync(
        IEnumerable<string> symbols,
        int? updateInterval,
        Action<DataEvent<BinanceFuturesUsdtStreamMarkPrice>> onMessage,
        CancellationToken ct = default)
    {
        if (updateInterval is not (null or 1000 or 3000))
            throw new ArgumentException("Mark prices come each 1000 or 3000 ms.", nameof(updateInterval));
        return SubscribeAsync(
            Market,
            Topics(symbols, updateInterval == 1000 ? "@markPrice@1s" : "@markPrice"),
            new StreamRoute<BinanceFuturesUsdtStreamMarkPrice, BinanceFuturesUsdtStreamMarkPrice>(
                onMessage, price => price.EventTime, price => price.Symbol),
            ct);
    }

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        string symbol,
        KlineInterval interval,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default) =>
        SubscribeToKlineUpdatesAsync([symbol], [interval], onMessage, premiumIndex, priceIndex, ct);

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        string symbol,
        IEnumerable<KlineInterval> intervals,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default) =>
        SubscribeToKlineUpdatesAsync([symbol], intervals, onMessage, premiumIndex, priceIndex, ct);

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        IEnumerable<string> symbols,
        KlineInterval interval,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default) =>
        SubscribeToKlineUpdatesAsync(symbols, [interval], onMessage, premiumIndex, priceIndex, ct);

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToKlineUpdatesAsync(
        IEnumerable<string> symbols,
        IEnumerable<KlineInterval> intervals,
        Action<DataEvent<IBinanceStreamKlineData>> onMessage,
        bool premiumIndex = false,
        bool priceIndex = false,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        if (premiumIndex && priceIndex)
            throw new ArgumentException("Candles are of the premium or of the index, not of both.", nameof(priceIndex));
        var prefix = premiumIndex ? "p" : priceIndex ? "i" : null;
        return SubscribeAsync(
            Market,
            [.. from symbol in symbols
                let name = prefix is null ? Lower(symbol) : prefix + symbol.ToUpperInvariant()
                from interval in intervals
                select $"{name}@kline_{WireNames<KlineInterval>.Of(interval)}"],
            new StreamRoute<BinanceStreamKlineData, IBinanceStreamKlineData>(
                onMessage, kline => kline.EventTime, kline => kline.Symbol),
            ct);
    }

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToBookTickerUpdatesAsync(
        string symbol, Action<DataEvent<BinanceFuturesStreamBookPrice>> onMessage, CancellationToken ct = default) =>
        SubscribeToBookTickerUpdatesAsync([symbol], onMessage, ct);

    public Task<WebSocketResult<UpdateSubscription>> SubscribeToBookTickerUpdatesAsync(
        IEnumerable<string> symbols,
        Action<DataEvent<BinanceFuturesStreamBookPrice>> onMessage,
        CancellationToken ct = default) =>
        SubscribeAsync(
            Public,
            Topics(symbols, "@bookTicker"),
            new StreamRoute<BinanceFuturesStreamBookPrice, BinanceFuturesStreamBookPrice>(
                onMessage, price => price.EventTime, price => price.Symbol),
            ct);

    private static string[] Topics(IEnumerable<string> symbols, string suffix)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        return [.. symbols.Select(symbol => Lower(symbol) + suffix)];
    }

#pragma warning disable CA1308 // The exchange names its streams so.
    private static string Lower(string symbol) => symbol.ToLowerInvariant();
#pragma warning restore CA1308

    private Task<WebSocketResult<UpdateSubscription>> SubscribeAsync(
        string category, string[] topics, StreamRoute route, CancellationToken ct) =>
        client.SubscribeAsync(
            category,
            new(topics, topics.Distinct(StringComparer.Ordinal).ToDictionary(topic => topic, _ => route)),
            ct);
}
