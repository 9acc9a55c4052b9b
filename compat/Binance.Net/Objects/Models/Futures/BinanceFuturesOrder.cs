namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesOrder
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("pair")] public string? Pair { get; set; }
    [JsonPropertyName("orderId")] public long Id { get; set; }
    [JsonPropertyName("clientOrderId")][JsonConverter(typeof(ClientOrderIdReplaceConverter))]
    public string ClientOrderId { get; set; } = string.Empty;
    [JsonIgnore] public bool IsLiquidationOrder => ClientOrderId?.StartsWith("autoclose-") == true;
    [JsonIgnore] public bool IsAdlAutoCloseOrder => ClientOrderId?.StartsWith("adl_autoclose-") == true;
    [JsonIgnore] public bool IsSettlementOrder => ClientOrderId?.StartsWith("delivery_autoclose-") == true;
    [JsonPropertyName("price")] public decimal Price { get; set; }
    [JsonPropertyName("avgPrice")] public decimal AveragePrice { get; set; }
    [JsonPropertyName("executedQty")] public decimal QuantityFilled { get; set; }
    [JsonPropertyName("cumQty")] public decimal? CumulativeQuantity { get; set; }
    [JsonPropertyName("cumQuote")] public decimal? QuoteQuantityFilled { get; set; }
    [JsonPropertyName("cumBase")] public decimal? BaseQuantityFilled { get; set; }
    [JsonPropertyName("origQty")] public decimal Quantity { get; set; }
    [JsonPropertyName("reduceOnly")] public bool ReduceOnly { get; set; }
    [JsonPropertyName("closePosition")] public bool ClosePosition { get; set; }
    [JsonPropertyName("side")] public OrderSide Side { get; set; }
    [JsonPropertyName("status")] public OrderStatus Status { get; set; }
    [JsonPropertyName("stopPrice")] public decimal? StopPrice { get; set; }
    [JsonPropertyName("timeInForce")] public TimeInForce TimeInForce { get; set; }
    [JsonPropertyName("type")] public FuturesOrderType Type { get; set; }
    [JsonPropertyName("origType")] public FuturesOrderType OriginalType { get; set; }
    [JsonPropertyName("activatePrice")] public decimal? ActivatePrice { get; set; }
    [JsonPropertyName("priceRate")] public decimal? CallbackRate { get; set; }
    [JsonPropertyName("updateTime")] public DateTime UpdateTime { get; set; }
    [JsonPropertyName("time")] public DateTime CreateTime { get; set; }
    [JsonPropertyName("workingType")] public WorkingType WorkingType { get; set; }
    [JsonPropertyName("positionSide")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("priceProtect")] public bool PriceProtect { get; set; }
    [JsonPropertyName("priceMatch")] public PriceMatch PriceMatch { get; set; }
    [JsonPropertyName("selfTradePreventionMode")]
    public SelfTradePreventionMode? SelfTradePreventionMode { get; set; }
}

public record BinanceUsdFuturesOrder : BinanceFuturesOrder
{
    [JsonPropertyName("goodTillDate")] public DateTime? GoodTillDate { get; set; }
}
