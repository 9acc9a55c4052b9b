using System.Reflection;
using Binance.Net;
using Binance.Net.Clients;
using Binance.Net.Objects.Options;
using CryptoExchange.Net.Objects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Quantum.Binance;

/// <summary>The one place where the library's clients are made, and where a key meets them.</summary>
internal static class BinanceClients
{
    /// <summary>True when this build holds the stand-in instead of the library itself.</summary>
    public static bool AreStandIns { get; } = typeof(BinanceRestClient).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Any(mark => mark.Key == "StandInFor");

    /// <param name="settings">Where, and how long an answer is waited for.</param>
    /// <param name="isSigned">False for market data, which needs no key.</param>
    public static BinanceRestClient Rest(BinanceSettings settings, bool isSigned) => new(options =>
    {
        options.Environment = EnvironmentOf(settings);
        options.AutoTimestamp = true;
        options.ReceiveWindow = TimeSpan.FromMilliseconds(settings.ReceiveWindowMs);
        options.RequestTimeout = TimeSpan.FromMilliseconds(settings.RequestTimeoutMs);
        // The default waits and sends an order that was refused for the rate again.
        options.RateLimitingBehaviour = RateLimitingBehaviour.Fail;
        options.AllowAppendingClientOrderId = false;
        if (isSigned) options.ApiCredentials = CredentialsOf(settings);
    });

    public static BinanceSocketClient Socket(BinanceSettings settings, ILoggerFactory logs)
    {
        var options = new BinanceSocketOptions
        {
            Environment = EnvironmentOf(settings),
            ReconnectInterval = TimeSpan.FromMilliseconds(settings.ReconnectMs),
            RequestTimeout = TimeSpan.FromMilliseconds(settings.RequestTimeoutMs),
            RateLimitingBehaviour = RateLimitingBehaviour.Fail,
            AllowAppendingClientOrderId = false,
        };
        return new BinanceSocketClient(Options.Create(options), logs);
    }

    /// <summary>Where requests go.</summary>
    public static string RestAddress(BinanceSettings settings) => EnvironmentOf(settings).UsdFuturesRestAddress!;

    private static BinanceCredentials CredentialsOf(BinanceSettings settings) =>
        new(settings.ApiKey!, settings.ApiSecret!);

    private static BinanceEnvironment EnvironmentOf(BinanceSettings settings)
    {
        var (rest, stream) = (settings.RestUrl?.TrimEnd('/'), settings.StreamUrl?.TrimEnd('/'));
        return settings.Environment switch
        {
            BinancePlace.Live => BinanceEnvironment.Live,
            BinancePlace.Testnet => BinanceEnvironment.Testnet,
            BinancePlace.Demo => BinanceEnvironment.Demo,
            _ => BinanceEnvironment.CreateCustom(
                "sim", rest!, stream!, stream!, null, rest, stream, stream, null, null, null),
        };
    }
}
