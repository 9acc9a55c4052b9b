namespace Binance.Net.Objects.Models.Futures;

public record BinancePositionV3
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("positionSide")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("positionAmt")] public decimal PositionAmt { get; set; }
    [JsonPropertyName("entryPrice")] public decimal EntryPrice { get; set; }
    [JsonPropertyName("breakEvenPrice")] public decimal BreakEvenPrice { get; set; }
    [JsonPropertyName("markPrice")] public decimal MarkPrice { get; set; }
    [JsonPropertyName("unRealizedProfit")] public decimal UnrealizedProfit { get; set; }
    [JsonInclude][JsonPropertyName("unrealizedProfit")]
    internal decimal UnrealizedProfitInt { get => UnrealizedProfit; set => UnrealizedProfit = value; }
    [JsonPropertyName("liquidationPrice")] public decimal LiquidationPrice { get; set; }
    [JsonPropertyName("isolatedMargin")] public decimal IsolatedMargin { get; set; }
    [JsonPropertyName("notional")] public decimal Notional { get; set; }
    [JsonPropertyName("marginAsset")] public string MarginAsset { get; set; } = string.Empty;
    [JsonPropertyName("isolatedWallet")] public decimal IsolatedWallet { get; set; }
    [JsonPropertyName("initialMargin")] public decimal InitialMargin { get; set; }
    [JsonPropertyName("maintMargin")] public decimal MaintenanceMargin { get; set; }
    [JsonPropertyName("positionInitialMargin")] public decimal PositionInitialMargin { get; set; }
    [JsonPropertyName("openOrderInitialMargin")] public decimal OpenOrderInitialMargin { get; set; }
    [JsonPropertyName("adl")] public decimal Adl { get; set; }
    [JsonPropertyName("bidNotional")] public decimal BidNotional { get; set; }
    [JsonPropertyName("askNotional")] public decimal AskNotional { get; set; }
    [JsonPropertyName("updateTime")] public DateTime? UpdateTime { get; set; }
    [JsonPropertyName("leverage")] public decimal? Leverage { get; set; }
    [JsonPropertyName("maxNotionalValue")] public decimal? MaxNotionalValue { get; set; }
    [JsonPropertyName("marginType")] public FuturesMarginType? MarginType { get; set; }
    [JsonPropertyName("isAutoAddMargin")] public bool? IsAutoAddMargin { get; set; }
}
