namespace Binance.Net.Objects.Models.Futures;

public record BinanceSymbolConfiguration
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("marginType")] public FuturesMarginType? MarginType { get; set; }
    [JsonPropertyName("isAutoAddMargin")] public bool IsAutoAddMargin { get; set; }
    [JsonPropertyName("leverage")] public decimal Leverage { get; set; }
    [JsonPropertyName("maxNotionalValue")] public decimal MaxNotionalValue { get; set; }
}
