namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceFuturesStreamConfigUpdate : BinanceStreamEvent
{
    [JsonPropertyName("ac")] public BinanceFuturesStreamLeverageUpdateData? LeverageUpdateData { get; set; }
    [JsonPropertyName("ai")] public BinanceFuturesStreamConfigUpdateData? ConfigUpdateData { get; set; }
    [JsonPropertyName("T")] public DateTime TransactionTime { get; set; }
    public string ListenKey { get; set; } = string.Empty;
}

public record BinanceFuturesStreamLeverageUpdateData
{
    [JsonPropertyName("s")] public string? Symbol { get; set; }
    [JsonPropertyName("l")] public int Leverage { get; set; }
}

public record BinanceFuturesStreamConfigUpdateData
{
    [JsonPropertyName("j")] public bool MultiAssetMode { get; set; }
}
