namespace Binance.Net.Objects.Models.Spot.Socket;

public record BinanceStreamBookPrice : IBinanceBookPrice
{
    [JsonPropertyName("u")] public long UpdateId { get; set; }
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("b")] public decimal BestBidPrice { get; set; }
    [JsonPropertyName("B")] public decimal BestBidQuantity { get; set; }
    [JsonPropertyName("a")] public decimal BestAskPrice { get; set; }
    [JsonPropertyName("A")] public decimal BestAskQuantity { get; set; }
}
