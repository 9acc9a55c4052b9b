namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceFuturesStreamMarginUpdate : BinanceStreamEvent
{
    [JsonPropertyName("cw")] public decimal? CrossWalletBalance { get; set; }
    [JsonPropertyName("p")] public BinanceFuturesStreamMarginPosition[] Positions { get; set; } = [];
    public string ListenKey { get; set; } = string.Empty;
}

public record BinanceFuturesStreamMarginPosition
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("ps")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("pa")] public decimal PositionQuantity { get; set; }
    [JsonPropertyName("mt")] public FuturesMarginType MarginType { get; set; }
    [JsonPropertyName("iw")] public decimal IsolatedWallet { get; set; }
    [JsonPropertyName("mp")] public decimal MarkPrice { get; set; }
    [JsonPropertyName("up")] public decimal UnrealizedPnl { get; set; }
    [JsonPropertyName("mm")] public decimal MaintMargin { get; set; }
}
