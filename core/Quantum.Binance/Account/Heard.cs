using System.Threading.Channels;
using Binance.Net.Clients;
using CryptoExchange.Net.Objects.Sockets;
using Quantum.Exchanges;

namespace Quantum.Binance.Account;

/// <summary>A subscription to the account's stream: each event is put in line for whoever understands it.</summary>
internal sealed class Heard(
    string key, ChannelWriter<Action> line, OrderEvents orders, AccountEvents account, IVenueListener listener,
    Action onKeyExpired, Action<long> onFunding)
{
    /// <returns>Null when it was refused: that was told.</returns>
    public async Task<UpdateSubscription?> SubscribeAsync(BinanceSocketClient socket, CancellationToken cancel)
    {
        var result = await socket.UsdFuturesApi.Account.SubscribeToUserDataUpdatesAsync(
            key,
            onLeverageUpdate: frame => Put(() => account.OnSettings(frame.Data, listener)),
            onMarginUpdate: frame => Put(() => AccountEvents.OnMarginCall(frame.Data, listener)),
            onAccountUpdate: frame => Put(() =>
            {
                if (AccountEvents.OnAccount(frame.Data, listener) is { } atMs) onFunding(atMs);
            }),
            onOrderUpdate: frame => Put(() => orders.OnOrder(frame.Data, listener)),
            // The same fills again, without fee: what counts comes as order updates.
            onTradeUpdate: _ => { },
            onListenKeyExpired: _ => Put(onKeyExpired),
            onStrategyUpdate: frame => Put(
                () => OrderEvents.Unreadable(listener, "strategy_update", frame.Data.StrategyUpdate.ToString())),
            onGridUpdate: frame => Put(
                () => OrderEvents.Unreadable(listener, "grid_update", frame.Data.GridUpdate.ToString())),
            onConditionalOrderTriggerRejectUpdate: frame => Put(
                () => orders.OnTriggerRejected(frame.Data, listener)),
            onAlgoOrderUpdate: frame => Put(() => orders.OnConditional(frame.Data, listener)),
            ct: cancel).ConfigureAwait(false);
        if (result.Success) return result.Data;
        listener.OnLost($"the subscription was refused: {result.Error?.Code} {result.Error?.Message}");
        return null;
    }

    private void Put(Action told) => line.TryWrite(told);
}
