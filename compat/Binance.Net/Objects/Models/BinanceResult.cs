namespace Binance.Net.Objects.Models;

public record BinanceResult
{
    [JsonPropertyName("code")] public int Code { get; set; }
    [JsonPropertyName("msg")] public string Message { get; set; } = string.Empty;
}
