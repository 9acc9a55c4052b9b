using Binance.Net.Clients.Streams;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;
using Microsoft.Extensions.Logging;

namespace Binance.Net.Clients.UsdFuturesApi;

internal sealed class BinanceSocketClientUsdFuturesApi : IBinanceSocketClientUsdFuturesApi
{
    private readonly SocketPool _pool;
    private readonly string _address;

    public BinanceSocketClientUsdFuturesApi(BinanceSocketOptions options, ILogger logger)
    {
        _address = options.Environment.UsdFuturesSocketAddress?.TrimEnd('/')
            ?? throw new ArgumentException("The environment has no address of futures' websockets.", nameof(options));
        _pool = new(options, logger);
        ExchangeData = new BinanceSocketClientUsdFuturesApiExchangeData(this);
        Account = new BinanceSocketClientUsdFuturesApiAccount(this);
    }

    public IBinanceSocketClientUsdFuturesApiAccount Account { get; }

    public IBinanceSocketClientUsdFuturesApiExchangeData ExchangeData { get; }

    /// <param name="category">public, market or private.</param>
    public Task<WebSocketResult<UpdateSubscription>> SubscribeAsync(
        string category, StreamSubscription subscription, CancellationToken ct) =>
        _pool.SubscribeAsync(new($"{_address}/{category}/stream"), subscription, ct);

    public Task UnsubscribeAllAsync() => _pool.CloseAllAsync();

    public void Dispose() => _pool.Dispose();
}
