namespace Binance.Net.Interfaces.Clients.UsdFuturesApi;

public interface IBinanceRestClientUsdFuturesApi : IDisposable
{
    IBinanceRestClientUsdFuturesApiAccount Account { get; }

    IBinanceRestClientUsdFuturesApiExchangeData ExchangeData { get; }

    IBinanceRestClientUsdFuturesApiTrading Trading { get; }
}
