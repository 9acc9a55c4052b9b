using Binance.Net.Interfaces.Clients;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Binance.Net.Clients;

/// <summary>Updates of the exchange over websockets. Of the library's parts the stand-in has those of futures.</summary>
public sealed class BinanceSocketClient : IBinanceSocketClient
{
    public BinanceSocketClient(Action<BinanceSocketOptions>? optionsDelegate = null)
        : this(Options.Create(Configured(optionsDelegate)))
    {
    }

    public BinanceSocketClient(IOptions<BinanceSocketOptions> options, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        throw new NotSupportedException("The stand-in's websockets are not there yet.");
    }

    public IBinanceSocketClientUsdFuturesApi UsdFuturesApi { get; } = null!;

    public Task UnsubscribeAllAsync() => Task.CompletedTask;

    public void Dispose()
    {
    }

    private static BinanceSocketOptions Configured(Action<BinanceSocketOptions>? configure)
    {
        var options = new BinanceSocketOptions();
        configure?.Invoke(options);
        return options;
    }
}
