namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceAlgoOrderUpdate : BinanceStreamEvent
{
    [JsonPropertyName("T")] public DateTime Timestamp { get; set; }
    [JsonPropertyName("o")] public BinanceAlgoOrderUpdateOrder Order { get; set; } = null!;
}

public record BinanceAlgoOrderUpdateOrder
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("at")] public string AlgoType { get; set; } = string.Empty;
    [JsonPropertyName("aid")] public long Id { get; set; }
    [JsonPropertyName("ai")] public long? ActualOrderId { get; set; }
    [JsonPropertyName("caid")][JsonConverter(typeof(ClientOrderIdReplaceConverter))]
    public string ClientOrderId { get; set; } = string.Empty;
    [JsonPropertyName("p")] public decimal Price { get; set; }
    [JsonPropertyName("q")] public decimal Quantity { get; set; }
    [JsonPropertyName("ap")] public decimal? AverageFillPrice { get; set; }
    [JsonPropertyName("aq")] public decimal? QuantityFilled { get; set; }
    [JsonPropertyName("R")] public bool ReduceOnly { get; set; }
    [JsonPropertyName("cp")] public bool ClosePosition { get; set; }
    [JsonPropertyName("S")] public OrderSide Side { get; set; }
    [JsonPropertyName("X")] public AlgoOrderStatus Status { get; set; }
    [JsonPropertyName("tp")] public decimal? TriggerPrice { get; set; }
    [JsonPropertyName("f")] public TimeInForce TimeInForce { get; set; }
    [JsonPropertyName("o")] public FuturesOrderType Type { get; set; }
    [JsonPropertyName("wt")] public WorkingType WorkingType { get; set; }
    [JsonPropertyName("ps")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("pP")] public bool PriceProtect { get; set; }
    [JsonPropertyName("pm")] public PriceMatch PriceMatch { get; set; }
    [JsonPropertyName("V")] public SelfTradePreventionMode? SelfTradePreventionMode { get; set; }
    [JsonPropertyName("gtd")] public DateTime? GoodTillDate { get; set; }
    [JsonPropertyName("tt")] public DateTime? TriggerTime { get; set; }
}
