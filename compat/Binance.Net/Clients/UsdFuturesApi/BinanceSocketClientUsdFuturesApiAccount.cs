using Binance.Net.Clients.Streams;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Clients.UsdFuturesApi;

internal sealed class BinanceSocketClientUsdFuturesApiAccount(BinanceSocketClientUsdFuturesApi client)
    : IBinanceSocketClientUsdFuturesApiAccount
{
    public Task<WebSocketResult<UpdateSubscription>> SubscribeToUserDataUpdatesAsync(
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
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(listenKey);
        // All of them, also those that nobody receives: they are known and not worth a warning.
        var routes = new Dictionary<string, StreamRoute>(StringComparer.Ordinal)
        {
            ["ACCOUNT_CONFIG_UPDATE"] = Route(onLeverageUpdate, null, (update, key) => update.ListenKey = key),
            ["MARGIN_CALL"] = Route(onMarginUpdate, null, (update, key) => update.ListenKey = key),
            ["ACCOUNT_UPDATE"] = Route(onAccountUpdate, null, (update, key) => update.ListenKey = key),
            ["ORDER_TRADE_UPDATE"] = Route(
                onOrderUpdate, update => update.UpdateData.Symbol, (update, key) => update.ListenKey = key),
            ["TRADE_LITE"] = Route(onTradeUpdate, update => update.Symbol),
            ["listenKeyExpired"] = Route(onListenKeyExpired),
            ["STRATEGY_UPDATE"] = Route(onStrategyUpdate),
            ["GRID_UPDATE"] = Route(onGridUpdate),
            ["CONDITIONAL_ORDER_TRIGGER_REJECT"] = Route(onConditionalOrderTriggerRejectUpdate),
            ["ALGO_UPDATE"] = Route(onAlgoOrderUpdate, update => update.Order.Symbol),
        };
        return client.SubscribeAsync("private", new([listenKey], routes), ct);
    }

    private static StreamRoute<T, T> Route<T>(
        Action<DataEvent<T>>? onUpdate, Func<T, string?>? symbolOf = null, Action<T, string>? prepare = null)
        where T : BinanceStreamEvent => new(onUpdate, update => update.EventTime, symbolOf)
        {
            UpdateType = SocketUpdateType.Update,
            Prepare = prepare,
        };
}
