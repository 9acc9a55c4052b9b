namespace Binance.Net.Objects.Options;

public class BinanceRestOptions : RestExchangeOptions<BinanceEnvironment, BinanceCredentials>
{
    public BinanceRestOptions()
    {
        Environment = BinanceEnvironment.Live;
        AutoTimestamp = true;
    }

    /// <summary>How old a signed request may be when it arrives.</summary>
    public TimeSpan ReceiveWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Lets the library put its broker's prefix before the caller's order ids.</summary>
    public bool AllowAppendingClientOrderId { get; set; }

    public string? BrokerId { get; set; }
}
