namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesPositionMode
{
    [JsonPropertyName("dualSidePosition")] public bool IsHedgeMode { get; set; }
}
