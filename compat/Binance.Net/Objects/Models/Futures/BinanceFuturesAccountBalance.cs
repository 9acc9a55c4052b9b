namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesAccountBalance
{
    [JsonPropertyName("accountAlias")] public string AccountAlias { get; set; } = string.Empty;
    [JsonPropertyName("asset")] public string Asset { get; set; } = string.Empty;
    [JsonPropertyName("balance")] public decimal WalletBalance { get; set; }
    [JsonPropertyName("crossWalletBalance")] public decimal CrossWalletBalance { get; set; }
    [JsonPropertyName("crossUnPnl")] public decimal? CrossUnrealizedPnl { get; set; }
    [JsonPropertyName("availableBalance")] public decimal AvailableBalance { get; set; }
    [JsonPropertyName("updateTime")] public DateTime UpdateTime { get; set; }
}

public record BinanceUsdFuturesAccountBalance : BinanceFuturesAccountBalance
{
    [JsonPropertyName("maxWithdrawAmount")] public decimal MaxWithdrawQuantity { get; set; }
    [JsonPropertyName("marginAvailable")] public bool? MarginAvailable { get; set; }
}
