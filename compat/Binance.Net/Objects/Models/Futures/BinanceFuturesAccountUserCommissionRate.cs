namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesAccountUserCommissionRate
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("makerCommissionRate")] public decimal MakerCommissionRate { get; set; }
    [JsonPropertyName("takerCommissionRate")] public decimal TakerCommissionRate { get; set; }
    [JsonPropertyName("rpiCommissionRate")] public decimal RpiCommissionRate { get; set; }
}
