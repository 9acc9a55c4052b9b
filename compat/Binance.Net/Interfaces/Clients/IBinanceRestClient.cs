using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Interfaces.Clients;

public interface IBinanceRestClient : IDisposable
{
    IBinanceRestClientUsdFuturesApi UsdFuturesApi { get; }
}
