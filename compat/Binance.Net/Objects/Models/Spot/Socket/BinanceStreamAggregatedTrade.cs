namespace Binance.Net.Objects.Models.Spot.Socket;

public record BinanceStreamAggregatedTrade : BinanceStreamEvent, IBinanceAggregatedTrade
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("a")] public long Id { get; set; }
    [JsonPropertyName("p")] public decimal Price { get; set; }
    [JsonPropertyName("q")] public decimal Quantity { get; set; }
    [JsonPropertyName("nq")] public decimal? QuantityWithoutRpi { get; set; }
    [JsonPropertyName("f")] public long FirstTradeId { get; set; }
    [JsonPropertyName("l")] public long LastTradeId { get; set; }
    [JsonPropertyName("T")] public DateTime TradeTime { get; set; }
    [JsonPropertyName("m")] public bool BuyerIsMaker { get; set; }
    [JsonPropertyName("M")] public bool Ignore { get; set; }
    [JsonPropertyName("st")] public SymbolType? SymbolType { get; set; }
}
