namespace CryptoExchange.Net.Objects;

/// <summary>A rate limit was met; its code is always empty, only the HTTP status tells 429 from 418.</summary>
public abstract class BaseRateLimitError(ErrorInfo errorInfo, Exception? exception)
    : Error(null, errorInfo, exception)
{
    /// <summary>When the exchange takes requests again (UTC); null when it did not say.</summary>
    public DateTime? RetryAfter { get; set; }
}
