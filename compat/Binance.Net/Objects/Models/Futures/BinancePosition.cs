namespace Binance.Net.Objects.Models.Futures;

public record BinancePositionBase
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("entryPrice")] public decimal EntryPrice { get; set; }
    [JsonPropertyName("leverage")] public int Leverage { get; set; }
    [JsonPropertyName("unrealizedProfit")] public decimal UnrealizedPnl { get; set; }
    [JsonInclude][JsonPropertyName("unRealizedProfit")]
    internal decimal PnlOfPositionRisk { get => UnrealizedPnl; set => UnrealizedPnl = value; }
    [JsonPropertyName("positionSide")] public PositionSide PositionSide { get; set; }
}

public record BinancePositionDetailsBase : BinancePositionBase
{
    [JsonPropertyName("marginType")] public FuturesMarginType MarginType { get; set; }
    [JsonPropertyName("isAutoAddMargin")] public bool IsAutoAddMargin { get; set; }
    [JsonPropertyName("isolatedMargin")] public decimal IsolatedMargin { get; set; }
    [JsonPropertyName("liquidationPrice")] public decimal LiquidationPrice { get; set; }
    [JsonPropertyName("markPrice")] public decimal MarkPrice { get; set; }
    [JsonPropertyName("positionAmt")] public decimal Quantity { get; set; }
    [JsonPropertyName("breakEvenPrice")] public decimal BreakEvenPrice { get; set; }
    [JsonPropertyName("updateTime")] public DateTime UpdateTime { get; set; }
}

public record BinancePositionDetailsUsdt : BinancePositionDetailsBase
{
    [JsonPropertyName("maxNotionalValue")] public decimal MaxNotional { get; set; }
    [JsonPropertyName("notional")] public decimal Notional { get; set; }
    [JsonPropertyName("isolatedWallet")] public decimal IsolatedWallet { get; set; }
    [JsonPropertyName("isolated")] public bool Isolated { get; set; }
    [JsonPropertyName("adlQuantile")] public decimal AdlQuantile { get; set; }
}
