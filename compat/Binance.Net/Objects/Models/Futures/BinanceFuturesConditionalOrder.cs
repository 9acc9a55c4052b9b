namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesConditionalOrder
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("algoType")] public string AlgoType { get; set; } = string.Empty;
    [JsonPropertyName("algoId")] public long Id { get; set; }
    [JsonPropertyName("actualOrderId")] public long? ActualOrderId { get; set; }
    [JsonPropertyName("clientAlgoId")][JsonConverter(typeof(ClientOrderIdReplaceConverter))]
    public string ClientOrderId { get; set; } = string.Empty;
    [JsonPropertyName("price")] public decimal Price { get; set; }
    [JsonPropertyName("actualPrice")] public decimal? ActualPrice { get; set; }
    [JsonPropertyName("tpTriggerPrice")] public decimal? TpTriggerPrice { get; set; }
    [JsonPropertyName("tpPrice")] public decimal? TpPrice { get; set; }
    [JsonPropertyName("slTriggerPrice")] public decimal? SlTriggerPrice { get; set; }
    [JsonPropertyName("slPrice")] public decimal? SlPrice { get; set; }
    [JsonPropertyName("quantity")] public decimal Quantity { get; set; }
    [JsonPropertyName("actualQty")] public decimal? ActualQuantity { get; set; }
    [JsonPropertyName("icebergQuantity")] public decimal? IcebergQuantity { get; set; }
    [JsonPropertyName("reduceOnly")] public bool ReduceOnly { get; set; }
    [JsonPropertyName("closePosition")] public bool ClosePosition { get; set; }
    [JsonPropertyName("side")] public OrderSide Side { get; set; }
    [JsonPropertyName("algoStatus")] public AlgoOrderStatus Status { get; set; }
    [JsonPropertyName("triggerPrice")] public decimal? TriggerPrice { get; set; }
    [JsonPropertyName("timeInForce")] public TimeInForce TimeInForce { get; set; }
    [JsonPropertyName("orderType")] public FuturesOrderType Type { get; set; }
    [JsonPropertyName("actualType")] public FuturesOrderType? ActualType { get; set; }
    [JsonPropertyName("activatePrice")] public decimal? ActivatePrice { get; set; }
    [JsonPropertyName("callbackRate")] public decimal? CallbackRate { get; set; }
    [JsonPropertyName("updateTime")] public DateTime UpdateTime { get; set; }
    [JsonPropertyName("createTime")] public DateTime CreateTime { get; set; }
    [JsonPropertyName("triggerTime")] public DateTime? TriggerTime { get; set; }
    [JsonPropertyName("workingType")] public WorkingType WorkingType { get; set; }
    [JsonPropertyName("positionSide")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("priceProtect")] public bool PriceProtect { get; set; }
    [JsonPropertyName("priceMatch")] public PriceMatch PriceMatch { get; set; }
    [JsonPropertyName("selfTradePreventionMode")]
    public SelfTradePreventionMode? SelfTradePreventionMode { get; set; }
    [JsonPropertyName("goodTillDate")] public DateTime? GoodTillDate { get; set; }
}
