using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Interfaces.Clients;

public interface IBinanceSocketClient : IDisposable
{
    IBinanceSocketClientUsdFuturesApi UsdFuturesApi { get; }

    Task UnsubscribeAllAsync();
}
