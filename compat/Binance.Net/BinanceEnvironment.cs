namespace Binance.Net;

/// <summary>The addresses of one of the exchange's environments; paths are appended by the clients.</summary>
public class BinanceEnvironment : TradeEnvironment
{
    private BinanceEnvironment(string name)
        : base(name)
    {
    }

    public static BinanceEnvironment Live { get; } = new("live")
    {
        SpotRestAddress = "https://api.binance.com",
        SpotSocketStreamAddress = "wss://stream.binance.com:9443/",
        SpotSocketApiAddress = "wss://ws-api.binance.com:443/",
        RiskDataSocketAddress = "wss://margin-stream.binance.com/",
        UsdFuturesRestAddress = "https://fapi.binance.com",
        UsdFuturesSocketAddress = "wss://fstream.binance.com/",
        UsdFuturesSocketApiAddress = "wss://ws-fapi.binance.com/",
        CoinFuturesRestAddress = "https://dapi.binance.com",
        CoinFuturesSocketAddress = "wss://dstream.binance.com/",
        CoinFuturesSocketApiAddress = "wss://ws-dapi.binance.com/",
    };

    public static BinanceEnvironment Testnet { get; } = new("testnet")
    {
        SpotRestAddress = "https://testnet.binance.vision",
        SpotSocketStreamAddress = "wss://stream.testnet.binance.vision",
        SpotSocketApiAddress = "wss://ws-api.testnet.binance.vision",
        UsdFuturesRestAddress = "https://testnet.binancefuture.com",
        UsdFuturesSocketAddress = "wss://fstream.binancefuture.com",
        UsdFuturesSocketApiAddress = "wss://testnet.binancefuture.com",
        CoinFuturesRestAddress = "https://testnet.binancefuture.com",
        CoinFuturesSocketAddress = "wss://dstream.binancefuture.com",
        CoinFuturesSocketApiAddress = "wss://testnet.binancefuture.com",
    };

    /// <summary>Demo trading; it has no websocket API of futures.</summary>
    public static BinanceEnvironment Demo { get; } = new("demo")
    {
        SpotRestAddress = "https://demo-api.binance.com",
        SpotSocketStreamAddress = "wss://demo-stream.binance.com/",
        SpotSocketApiAddress = "wss://demo-ws-api.binance.com/",
        RiskDataSocketAddress = "wss://demo-margin-stream.binance.com/",
        UsdFuturesRestAddress = "https://demo-fapi.binance.com",
        UsdFuturesSocketAddress = "wss://demo-fstream.binance.com/",
        CoinFuturesRestAddress = "https://demo-dapi.binance.com",
        CoinFuturesSocketAddress = "wss://demo-dstream.binance.com/",
    };

    public string SpotRestAddress { get; private init; } = "";

    public string SpotSocketStreamAddress { get; private init; } = "";

    public string SpotSocketApiAddress { get; private init; } = "";

    public string? RiskDataSocketAddress { get; private init; }

    public string? UsdFuturesRestAddress { get; private init; }

    public string? UsdFuturesSocketAddress { get; private init; }

    public string? UsdFuturesSocketApiAddress { get; private init; }

    public string? CoinFuturesRestAddress { get; private init; }

    public string? CoinFuturesSocketAddress { get; private init; }

    public string? CoinFuturesSocketApiAddress { get; private init; }

    public static BinanceEnvironment CreateCustom(
        string name,
        string spotRestAddress,
        string spotSocketStreamsAddress,
        string spotSocketApiAddress,
        string? riskDataSocketAddress,
        string? usdFuturesRestAddress,
        string? usdFuturesSocketAddress,
        string? usdFuturesSocketApiAddress,
        string? coinFuturesRestAddress,
        string? coinFuturesSocketAddress,
        string? coinFuturesSocketApiAddress) => new(name)
        {
            SpotRestAddress = spotRestAddress,
            SpotSocketStreamAddress = spotSocketStreamsAddress,
            SpotSocketApiAddress = spotSocketApiAddress,
            RiskDataSocketAddress = riskDataSocketAddress,
            UsdFuturesRestAddress = usdFuturesRestAddress,
            UsdFuturesSocketAddress = usdFuturesSocketAddress,
            UsdFuturesSocketApiAddress = usdFuturesSocketApiAddress,
            CoinFuturesRestAddress = coinFuturesRestAddress,
            CoinFuturesSocketAddress = coinFuturesSocketAddress,
            CoinFuturesSocketApiAddress = coinFuturesSocketApiAddress,
        };
}
