namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesInitialLeverageChangeResult
{
    [JsonPropertyName("leverage")] public int Leverage { get; set; }
    [JsonPropertyName("maxNotionalValue")] public string? MaxNotionalValue { get; set; }
    [JsonPropertyName("maxQty")] public string? MaxQuantity { get; set; }
    [JsonPropertyName("symbol")] public string? Symbol { get; set; }
}
