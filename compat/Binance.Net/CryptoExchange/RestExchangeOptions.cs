namespace CryptoExchange.Net.Objects.Options;

public class RestExchangeOptions : ExchangeOptions
{
    /// <summary>How long a measured difference to the exchange's clock is used.</summary>
    public TimeSpan TimestampRecalculationInterval { get; set; } = TimeSpan.FromHours(1);

    public bool CachingEnabled { get; set; }

    public Version HttpVersion { get; set; } = new(2, 0);

    public TimeSpan HttpPooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan HttpPooledConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    public int HttpMaxConnectionsPerServer { get; set; } = int.MaxValue;
}

public class RestExchangeOptions<TEnvironment> : RestExchangeOptions
    where TEnvironment : TradeEnvironment
{
    public TEnvironment Environment { get; set; } = null!;
}

public class RestExchangeOptions<TEnvironment, TApiCredentials> : RestExchangeOptions<TEnvironment>
    where TEnvironment : TradeEnvironment
    where TApiCredentials : ApiCredentials
{
    public TApiCredentials? ApiCredentials { get; set; }
}
