namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesCancelAllOrders
{
    [JsonPropertyName("code")] public int Code { get; set; }
    [JsonPropertyName("msg")] public string Message { get; set; } = string.Empty;
}
