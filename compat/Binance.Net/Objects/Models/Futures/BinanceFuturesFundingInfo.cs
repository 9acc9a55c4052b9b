namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesFundingInfo
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("adjustedFundingRateCap")] public decimal AdjustedFundingRateCap { get; set; }
    [JsonPropertyName("adjustedFundingRateFloor")] public decimal AdjustedFundingRateFloor { get; set; }
    [JsonPropertyName("fundingIntervalHours")] public int FundingIntervalHours { get; set; }
    [JsonPropertyName("updateTime")] public DateTime? UpdateTime { get; set; }
}
