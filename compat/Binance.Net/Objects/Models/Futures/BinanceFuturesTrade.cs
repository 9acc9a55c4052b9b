namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesTrade
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("buyer")] public bool Buyer { get; set; }
    [JsonPropertyName("commission")] public decimal Fee { get; set; }
    [JsonPropertyName("commissionAsset")] public string FeeAsset { get; set; } = string.Empty;
    [JsonPropertyName("id")] public long Id { get; set; }
    [JsonPropertyName("maker")] public bool Maker { get; set; }
    [JsonPropertyName("orderId")] public long OrderId { get; set; }
    [JsonPropertyName("price")] public decimal Price { get; set; }
    [JsonPropertyName("qty")] public decimal Quantity { get; set; }
    [JsonPropertyName("realizedPnl")] public decimal RealizedPnl { get; set; }
    [JsonPropertyName("side")] public OrderSide Side { get; set; }
    [JsonPropertyName("positionSide")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("time")] public DateTime Timestamp { get; set; }
}

public record BinanceFuturesUsdtTrade : BinanceFuturesTrade
{
    [JsonPropertyName("quoteQty")] public decimal QuoteQuantity { get; set; }
}
