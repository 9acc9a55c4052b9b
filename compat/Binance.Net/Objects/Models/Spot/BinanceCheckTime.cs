namespace Binance.Net.Objects.Models.Spot;

internal record BinanceCheckTime
{
    [JsonPropertyName("serverTime")] public DateTime ServerTime { get; set; }
}
