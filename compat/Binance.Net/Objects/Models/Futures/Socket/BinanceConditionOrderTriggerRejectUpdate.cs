namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceConditionOrderTriggerRejectUpdate : BinanceStreamEvent
{
    [JsonPropertyName("T")] public DateTime Timestamp { get; set; }
    [JsonPropertyName("or")] public BinanceConditionOrderTriggerReject RejectInfo { get; set; } = null!;
}

public record BinanceConditionOrderTriggerReject
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("i")] public long OrderId { get; set; }
    [JsonPropertyName("r")] public string Reason { get; set; } = string.Empty;
}
