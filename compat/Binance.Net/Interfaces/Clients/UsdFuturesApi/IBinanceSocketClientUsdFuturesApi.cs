namespace Binance.Net.Interfaces.Clients.UsdFuturesApi;

public interface IBinanceSocketClientUsdFuturesApi : IDisposable
{
    IBinanceSocketClientUsdFuturesApiAccount Account { get; }

    IBinanceSocketClientUsdFuturesApiExchangeData ExchangeData { get; }
}
