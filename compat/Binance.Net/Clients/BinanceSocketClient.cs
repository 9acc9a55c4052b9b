using Binance.Net.Clients.UsdFuturesApi;
using Binance.Net.Interfaces.Clients;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Binance.Net.Clients;

/// <summary>Updates of the exchange over websockets. Of the library's parts this has those of futures.</summary>
public sealed class BinanceSocketClient : IBinanceSocketClient
{
    private readonly BinanceSocketClientUsdFuturesApi _futures;

    public BinanceSocketClient(Action<BinanceSocketOptions>? optionsDelegate = null)
        : this(Options.Create(Configured(optionsDelegate)))
    {
    }

    public BinanceSocketClient(IOptions<BinanceSocketOptions> options, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Value.ApiCredentials?.Validate();
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Binance.Net.Streams");
        _futures = new(options.Value, logger);
    }

    public IBinanceSocketClientUsdFuturesApi UsdFuturesApi => _futures;

    public Task UnsubscribeAllAsync() => _futures.UnsubscribeAllAsync();

    public void Dispose() => _futures.Dispose();

    private static BinanceSocketOptions Configured(Action<BinanceSocketOptions>? configure)
    {
        var options = new BinanceSocketOptions();
        configure?.Invoke(options);
        return options;
    }
}
