namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesUsdtAsset
{
    [JsonPropertyName("asset")] public string Asset { get; set; } = string.Empty;
    [JsonPropertyName("marginAvailable")] public bool MarginAvailable { get; set; }
    [JsonPropertyName("autoAssetExchange")] public decimal? AutoAssetExchange { get; set; }
}
