namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesMultiAssetMode
{
    [JsonPropertyName("multiAssetsMargin")] public bool MultiAssetMode { get; set; }
}
