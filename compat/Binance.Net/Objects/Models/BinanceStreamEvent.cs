namespace Binance.Net.Objects.Models;

public record BinanceStreamEvent
{
    [JsonPropertyName("e")] public string Event { get; set; } = string.Empty;
    [JsonPropertyName("E")] public DateTime EventTime { get; set; }
}
