namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesFundingRateHistory
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("fundingRate")] public decimal FundingRate { get; set; }
    [JsonPropertyName("fundingTime")] public DateTime FundingTime { get; set; }
    [JsonPropertyName("markPrice")] public decimal? MarkPrice { get; set; }
}
