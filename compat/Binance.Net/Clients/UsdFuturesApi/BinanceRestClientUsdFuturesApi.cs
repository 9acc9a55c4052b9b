using Binance.Net.Clients.Rest;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;

namespace Binance.Net.Clients.UsdFuturesApi;

internal sealed class BinanceRestClientUsdFuturesApi : IBinanceRestClientUsdFuturesApi
{
    private readonly RestTransport _transport;

    public BinanceRestClientUsdFuturesApi(RestTransport transport)
    {
        _transport = transport;
        ExchangeData = new BinanceRestClientUsdFuturesApiExchangeData(transport);
        Account = new BinanceRestClientUsdFuturesApiAccount(transport);
        Trading = new BinanceRestClientUsdFuturesApiTrading(transport);
    }

    public IBinanceRestClientUsdFuturesApiAccount Account { get; }

    public IBinanceRestClientUsdFuturesApiExchangeData ExchangeData { get; }

    public IBinanceRestClientUsdFuturesApiTrading Trading { get; }

    public void Dispose() => _transport.Dispose();
}
