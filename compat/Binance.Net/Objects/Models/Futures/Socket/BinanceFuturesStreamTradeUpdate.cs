namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceFuturesStreamTradeUpdate : BinanceStreamEvent
{
    [JsonPropertyName("T")] public DateTime TransactionTime { get; set; }
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("q")] public decimal Quantity { get; set; }
    [JsonPropertyName("p")] public decimal Price { get; set; }
    [JsonPropertyName("m")] public bool BuyerIsMaker { get; set; }
    [JsonPropertyName("c")][JsonConverter(typeof(ClientOrderIdReplaceConverter))]
    public string ClientOrderId { get; set; } = string.Empty;
    [JsonPropertyName("S")] public OrderSide Side { get; set; }
    [JsonPropertyName("L")] public decimal PriceLastFilledTrade { get; set; }
    [JsonPropertyName("l")] public decimal QuantityOfLastFilledTrade { get; set; }
    [JsonPropertyName("t")] public long TradeId { get; set; }
    [JsonPropertyName("i")] public long OrderId { get; set; }
}
