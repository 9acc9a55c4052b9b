namespace Binance.Net.Objects.Options;

public class BinanceSocketOptions : SocketExchangeOptions<BinanceEnvironment, BinanceCredentials>
{
    public BinanceSocketOptions()
    {
        Environment = BinanceEnvironment.Live;
        SocketSubscriptionsCombineTarget = 10;
    }

    /// <summary>Of the websocket's order requests, which the stand-in has none of.</summary>
    public bool AllowAppendingClientOrderId { get; set; } = true;

    public string? BrokerId { get; set; }
}
