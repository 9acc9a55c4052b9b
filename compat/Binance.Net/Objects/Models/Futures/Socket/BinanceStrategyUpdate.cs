namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceStrategyUpdate : BinanceStreamEvent
{
    [JsonPropertyName("su")] public BinanceStrategyInfo StrategyUpdate { get; set; } = null!;
    [JsonPropertyName("T")] public DateTime TransactionTime { get; set; }
}

public record BinanceStrategyInfo
{
    [JsonPropertyName("si")] public int StrategyId { get; set; }
    [JsonPropertyName("st")] public string StrategyType { get; set; } = string.Empty;
    [JsonPropertyName("ss")] public string StrategyStatus { get; set; } = string.Empty;
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("ut")] public DateTime UpdateTime { get; set; }
    [JsonPropertyName("c")] public int OpCode { get; set; }
}
