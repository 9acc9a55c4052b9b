namespace Binance.Net.Enums;

public enum RateLimitInterval
{
    [Map("SECOND")] Second,
    [Map("MINUTE")] Minute,
    [Map("DAY")] Day,
}
