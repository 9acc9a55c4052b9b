namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesCountDownResult
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("countdownTime")] public int CountDownTime { get; set; }
}
