namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesExchangeInfo
{
    [JsonPropertyName("timezone")] public string TimeZone { get; set; } = string.Empty;
    [JsonPropertyName("serverTime")] public DateTime ServerTime { get; set; }
    [JsonPropertyName("rateLimits")] public BinanceRateLimit[] RateLimits { get; set; } = [];
    [JsonPropertyName("exchangeFilters")] public object[] ExchangeFilters { get; set; } = [];
}

public record BinanceFuturesUsdtExchangeInfo : BinanceFuturesExchangeInfo
{
    [JsonPropertyName("symbols")] public BinanceFuturesUsdtSymbol[] Symbols { get; set; } = [];
    [JsonPropertyName("assets")] public BinanceFuturesUsdtAsset[] Assets { get; set; } = [];
}
