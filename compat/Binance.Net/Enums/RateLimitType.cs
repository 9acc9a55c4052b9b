namespace Binance.Net.Enums;

public enum RateLimitType
{
    [Map("REQUEST_WEIGHT")] RequestWeight,
    [Map("ORDERS")] Orders,
    [Map("RAW_REQUESTS")] RawRequests,
    [Map("CONNECTIONS")] Connections,
}
