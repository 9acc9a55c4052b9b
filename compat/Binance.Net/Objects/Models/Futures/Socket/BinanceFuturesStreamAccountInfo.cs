namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceFuturesStreamAccountUpdate : BinanceStreamEvent
{
    [JsonPropertyName("a")] public BinanceFuturesStreamAccountUpdateData UpdateData { get; set; } = new();
    [JsonPropertyName("T")] public DateTime TransactionTime { get; set; }
    public string ListenKey { get; set; } = string.Empty;
}

public record BinanceFuturesStreamAccountUpdateData
{
    [JsonPropertyName("m")] public AccountUpdateReason Reason { get; set; }
    [JsonPropertyName("B")] public BinanceFuturesStreamBalance[] Balances { get; set; } = [];
    [JsonPropertyName("P")] public BinanceFuturesStreamPosition[] Positions { get; set; } = [];
}

public record BinanceFuturesStreamBalance
{
    [JsonPropertyName("a")] public string Asset { get; set; } = string.Empty;
    [JsonPropertyName("wb")] public decimal WalletBalance { get; set; }
    [JsonPropertyName("cw")] public decimal CrossWalletBalance { get; set; }
    [JsonPropertyName("bc")] public decimal BalanceChange { get; set; }
}

public record BinanceFuturesStreamPosition
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("pa")] public decimal Quantity { get; set; }
    [JsonPropertyName("ep")] public decimal EntryPrice { get; set; }
    [JsonPropertyName("bep")] public decimal BreakEvenPrice { get; set; }
    [JsonPropertyName("cr")] public decimal RealizedPnl { get; set; }
    [JsonPropertyName("up")] public decimal UnrealizedPnl { get; set; }
    [JsonPropertyName("mt")] public FuturesMarginType MarginType { get; set; }
    [JsonPropertyName("iw")] public decimal IsolatedMargin { get; set; }
    [JsonPropertyName("ps")] public PositionSide PositionSide { get; set; }
}
