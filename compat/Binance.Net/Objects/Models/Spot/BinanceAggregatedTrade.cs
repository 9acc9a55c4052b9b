namespace Binance.Net.Objects.Models.Spot;

public record BinanceAggregatedTrade : IBinanceAggregatedTrade
{
    [JsonPropertyName("a")] public long Id { get; set; }
    [JsonPropertyName("p")] public decimal Price { get; set; }
    [JsonPropertyName("q")] public decimal Quantity { get; set; }
    [JsonPropertyName("f")] public long FirstTradeId { get; set; }
    [JsonPropertyName("l")] public long LastTradeId { get; set; }
    [JsonPropertyName("T")] public DateTime TradeTime { get; set; }
    [JsonPropertyName("m")] public bool BuyerIsMaker { get; set; }
    [JsonPropertyName("M")] public bool WasBestPriceMatch { get; set; }
}
