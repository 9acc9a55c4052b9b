using Binance.Net.Clients.Rest;
using Binance.Net.Clients.UsdFuturesApi;
using Binance.Net.Interfaces.Clients;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Binance.Net.Clients;

/// <summary>Requests to the exchange over HTTP. Of the library's parts this has those of futures.</summary>
public sealed class BinanceRestClient : IBinanceRestClient
{
    /// <exception cref="NotSupportedException">The options want to wait for rate limits.</exception>
    public BinanceRestClient(Action<BinanceRestOptions>? optionsDelegate = null)
        : this(null, null, Options.Create(Configured(optionsDelegate)))
    {
    }

    /// <exception cref="NotSupportedException">The options want to wait for rate limits.</exception>
    public BinanceRestClient(
        HttpClient? httpClient, ILoggerFactory? loggerFactory, IOptions<BinanceRestOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Value.ApiCredentials?.Validate();
        UsdFuturesApi = new BinanceRestClientUsdFuturesApi(new RestTransport(options.Value, httpClient));
    }

    public IBinanceRestClientUsdFuturesApi UsdFuturesApi { get; }

    public void Dispose() => UsdFuturesApi.Dispose();

    private static BinanceRestOptions Configured(Action<BinanceRestOptions>? configure)
    {
        var options = new BinanceRestOptions();
        configure?.Invoke(options);
        return options;
    }
}
