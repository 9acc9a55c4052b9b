namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesBnbBurnStatus
{
    [JsonPropertyName("feeBurn")] public bool FeeBurn { get; set; }
}
