namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesAccountInfoV3
{
    [JsonPropertyName("totalInitialMargin")] public decimal TotalInitialMargin { get; set; }
    [JsonPropertyName("totalMaintMargin")] public decimal TotalMaintenanceMargin { get; set; }
    [JsonPropertyName("totalWalletBalance")] public decimal TotalWalletBalance { get; set; }
    [JsonPropertyName("totalUnrealizedProfit")] public decimal TotalUnrealizedProfit { get; set; }
    [JsonPropertyName("totalMarginBalance")] public decimal TotalMarginBalance { get; set; }
    [JsonPropertyName("totalPositionInitialMargin")] public decimal TotalPositionInitialMargin { get; set; }
    [JsonPropertyName("totalOpenOrderInitialMargin")] public decimal TotalOpenOrderInitialMargin { get; set; }
    [JsonPropertyName("totalCrossWalletBalance")] public decimal TotalCrossWalletBalance { get; set; }
    [JsonPropertyName("totalCrossUnPnl")] public decimal TotalCrossUnrealizedPnl { get; set; }
    [JsonPropertyName("availableBalance")] public decimal AvailableBalance { get; set; }
    [JsonPropertyName("maxWithdrawAmount")] public decimal MaxWithdrawQuantity { get; set; }
    [JsonPropertyName("assets")] public BinanceFuturesAccountInfoAsset[] Assets { get; set; } = [];
    [JsonPropertyName("positions")] public BinanceFuturesAccountInfoPosition[] Positions { get; set; } = [];
}

public record BinanceFuturesAccountInfoAsset
{
    [JsonPropertyName("asset")] public string Asset { get; set; } = string.Empty;
    [JsonPropertyName("walletBalance")] public decimal WalletBalance { get; set; }
    [JsonPropertyName("unrealizedProfit")] public decimal UnrealizedProfit { get; set; }
    [JsonPropertyName("marginBalance")] public decimal MarginBalance { get; set; }
    [JsonPropertyName("maintMargin")] public decimal MaintenanceMargin { get; set; }
    [JsonPropertyName("initialMargin")] public decimal InitialMargin { get; set; }
    [JsonPropertyName("positionInitialMargin")] public decimal PositionInitialMargin { get; set; }
    [JsonPropertyName("openOrderInitialMargin")] public decimal OpenOrderInitialMargin { get; set; }
    [JsonPropertyName("crossWalletBalance")] public decimal CrossWalletBalance { get; set; }
    [JsonPropertyName("crossUnPnl")] public decimal CrossUnrealizedPnl { get; set; }
    [JsonPropertyName("availableBalance")] public decimal AvailableBalance { get; set; }
    [JsonPropertyName("maxWithdrawAmount")] public decimal MaxWithdrawQuantity { get; set; }
    [JsonPropertyName("updateTime")] public DateTime UpdateTime { get; set; }
}

public record BinanceFuturesAccountInfoPosition
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("positionSide")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("positionAmt")] public decimal PositionAmount { get; set; }
    [JsonPropertyName("unrealizedProfit")] public decimal UnrealizedProfit { get; set; }
    [JsonPropertyName("isolatedMargin")] public decimal IsolatedMargin { get; set; }
    [JsonPropertyName("notional")] public decimal Notional { get; set; }
    [JsonPropertyName("isolatedWallet")] public decimal IsolatedWallet { get; set; }
    [JsonPropertyName("initialMargin")] public decimal InitialMargin { get; set; }
    [JsonPropertyName("maintMargin")] public decimal MaintenanceMargin { get; set; }
    [JsonPropertyName("updateTime")] public DateTime? UpdateTime { get; set; }
}
