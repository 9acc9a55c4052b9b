namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceFuturesStreamBookPrice : BinanceStreamBookPrice
{
    [JsonPropertyName("T")] public DateTime? TransactionTime { get; set; }
    [JsonPropertyName("E")] public DateTime EventTime { get; set; }
    [JsonPropertyName("e")] public string Event { get; set; } = string.Empty;
    [JsonPropertyName("st")] public SymbolType? SymbolType { get; set; }
}
