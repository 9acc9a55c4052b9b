namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesIncomeHistory
{
    [JsonPropertyName("symbol")] public string? Symbol { get; set; }
    [JsonPropertyName("incomeType")] public IncomeType? IncomeType { get; set; }
    [JsonPropertyName("income")] public decimal Income { get; set; }
    [JsonPropertyName("asset")] public string? Asset { get; set; }
    [JsonPropertyName("info")] public string? Info { get; set; }
    [JsonPropertyName("time")] public DateTime Timestamp { get; set; }
    [JsonPropertyName("tranId")][JsonConverter(typeof(NumberStringConverter))]
    public string TransactionId { get; set; } = string.Empty;
    [JsonPropertyName("tradeId")][JsonConverter(typeof(NumberStringConverter))] public string? TradeId { get; set; }
}
