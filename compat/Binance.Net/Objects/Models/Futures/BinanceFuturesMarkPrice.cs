namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesMarkPrice : IBinanceFuturesMarkPrice
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("markPrice")] public decimal MarkPrice { get; set; }
    [JsonPropertyName("indexPrice")] public decimal IndexPrice { get; set; }
    [JsonPropertyName("lastFundingRate")] public decimal? FundingRate { get; set; }
    [JsonPropertyName("nextFundingTime")] public DateTime NextFundingTime { get; set; }
    [JsonPropertyName("estimatedSettlePrice")] public decimal? EstimatedSettlePrice { get; set; }
    [JsonPropertyName("interestRate")] public decimal? InterestRate { get; set; }
    [JsonPropertyName("time")] public DateTime Timestamp { get; set; }
}
