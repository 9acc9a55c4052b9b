namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceGridUpdate : BinanceStreamEvent
{
    [JsonPropertyName("gu")] public BinanceGridInfo GridUpdate { get; set; } = null!;
    [JsonPropertyName("T")] public DateTime TransactionTime { get; set; }
}

public record BinanceGridInfo
{
    [JsonPropertyName("si")] public int StrategyId { get; set; }
    [JsonPropertyName("st")] public string StrategyType { get; set; } = string.Empty;
    [JsonPropertyName("ss")] public string StrategyStatus { get; set; } = string.Empty;
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("ut")] public DateTime UpdateTime { get; set; }
    [JsonPropertyName("r")] public decimal RealizedPnl { get; set; }
    [JsonPropertyName("up")] public decimal UnmatchedAveragePrice { get; set; }
    [JsonPropertyName("uq")] public decimal UnmatchedQuantity { get; set; }
    [JsonPropertyName("uf")] public decimal UnmatchedFee { get; set; }
    [JsonPropertyName("mp")] public decimal MatchedPnl { get; set; }
}
