namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesChangeMarginTypeResult
{
    [JsonPropertyName("code")] public int Code { get; set; }
    [JsonPropertyName("msg")] public string? Message { get; set; }
}
