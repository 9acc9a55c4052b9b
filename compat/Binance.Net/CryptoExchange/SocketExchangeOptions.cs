namespace CryptoExchange.Net.Objects.Options;

public class SocketExchangeOptions : ExchangeOptions
{
    public SocketExchangeOptions() => AutoTimestamp = true;

    public TimeSpan ReconnectInterval { get; set; } = TimeSpan.FromSeconds(5);

    public ReconnectPolicy ReconnectPolicy { get; set; } = ReconnectPolicy.FixedDelay;

    /// <summary>A connection without a frame for so long is opened anew; zero never asks.</summary>
    public TimeSpan SocketNoDataTimeout { get; set; }

    /// <summary>How many subscriptions share a connection.</summary>
    public int? SocketSubscriptionsCombineTarget { get; set; }

    /// <summary>How many streams share a connection, from which on the next subscription opens another.</summary>
    public int SocketIndividualSubscriptionCombineTarget { get; set; } = 20;

    public int? MaxSocketConnections { get; set; }

    public TimeSpan DelayAfterConnect { get; set; }

    public int? ReceiveBufferSize { get; set; }
}

public class SocketExchangeOptions<TEnvironment> : SocketExchangeOptions
    where TEnvironment : TradeEnvironment
{
    public TEnvironment Environment { get; set; } = null!;
}

public class SocketExchangeOptions<TEnvironment, TApiCredentials> : SocketExchangeOptions<TEnvironment>
    where TEnvironment : TradeEnvironment
    where TApiCredentials : ApiCredentials
{
    public TApiCredentials? ApiCredentials { get; set; }
}
