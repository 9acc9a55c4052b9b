namespace CryptoExchange.Net.Objects.Options;

public class ExchangeOptions
{
    public bool AutoTimestamp { get; set; }

    /// <summary>Keeps the text of every reply and frame in the results; for looking for faults.</summary>
    public bool OutputOriginalData { get; set; }

    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    public bool RateLimiterEnabled { get; set; } = true;

    /// <summary>Of the stand-in only <see cref="RateLimitingBehaviour.Fail"/>; the library's default waits.</summary>
    public RateLimitingBehaviour RateLimitingBehaviour { get; set; } = RateLimitingBehaviour.Wait;
}
