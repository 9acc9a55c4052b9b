namespace CryptoExchange.Net.Objects;

public enum RateLimitingBehaviour
{
    Fail,
    Wait,
}

public enum SocketUpdateType
{
    Update,
    Snapshot,
}

public enum ReconnectPolicy
{
    Disabled,
    FixedDelay,
    ExponentialBackoff,
}

public enum ResultDataSource
{
    Server,
    Cache,
}
