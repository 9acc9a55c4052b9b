namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceFuturesStreamOrderUpdate : BinanceStreamEvent
{
    [JsonPropertyName("o")] public BinanceFuturesStreamOrderUpdateData UpdateData { get; set; } = new();
    [JsonPropertyName("T")] public DateTime TransactionTime { get; set; }
    public string ListenKey { get; set; } = string.Empty;
}

public record BinanceFuturesStreamOrderUpdateData
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("c")][JsonConverter(typeof(ClientOrderIdReplaceConverter))]
    public string ClientOrderId { get; set; } = string.Empty;
    [JsonPropertyName("S")] public OrderSide Side { get; set; }
    [JsonPropertyName("o")] public FuturesOrderType Type { get; set; }
    [JsonPropertyName("f")] public TimeInForce TimeInForce { get; set; }
    [JsonPropertyName("q")] public decimal Quantity { get; set; }
    [JsonPropertyName("p")] public decimal Price { get; set; }
    [JsonPropertyName("ap")] public decimal AveragePrice { get; set; }
    [JsonPropertyName("sp")] public decimal StopPrice { get; set; }
    [JsonPropertyName("x")] public ExecutionType ExecutionType { get; set; }
    [JsonPropertyName("X")] public OrderStatus Status { get; set; }
    [JsonPropertyName("i")] public long OrderId { get; set; }
    [JsonPropertyName("l")] public decimal QuantityOfLastFilledTrade { get; set; }
    [JsonPropertyName("z")] public decimal AccumulatedQuantityOfFilledTrades { get; set; }
    [JsonPropertyName("L")] public decimal PriceLastFilledTrade { get; set; }
    [JsonPropertyName("n")] public decimal Fee { get; set; }
    [JsonPropertyName("N")] public string FeeAsset { get; set; } = string.Empty;
    [JsonPropertyName("T")] public DateTime UpdateTime { get; set; }
    [JsonPropertyName("t")] public long TradeId { get; set; }
    [JsonPropertyName("b")] public decimal BidNotional { get; set; }
    [JsonPropertyName("a")] public decimal AskNotional { get; set; }
    [JsonPropertyName("m")] public bool BuyerIsMaker { get; set; }
    [JsonPropertyName("R")] public bool IsReduce { get; set; }
    [JsonPropertyName("wt")] public WorkingType StopPriceWorking { get; set; }
    [JsonPropertyName("ot")] public FuturesOrderType OriginalType { get; set; }
    [JsonPropertyName("ps")] public PositionSide PositionSide { get; set; }
    [JsonPropertyName("cp")] public bool IsClosePositionOrder { get; set; }
    [JsonPropertyName("AP")] public decimal ActivationPrice { get; set; }
    [JsonPropertyName("cr")] public decimal CallbackRate { get; set; }
    [JsonPropertyName("rp")] public decimal RealizedProfit { get; set; }
    [JsonPropertyName("pP")] public bool PriceProtection { get; set; }
    [JsonPropertyName("V")] public SelfTradePreventionMode SelfTradePrevention { get; set; }
    [JsonPropertyName("pm")] public PriceMatch PriceMatchMode { get; set; }
    [JsonPropertyName("gtd")] public DateTime? GoodTillDate { get; set; }
    [JsonPropertyName("er")] public string? ExpireReason { get; set; }
}
