namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesSymbol
{
    [JsonPropertyName("filters")] public BinanceSymbolFilter[] Filters { get; set; } = [];
    [JsonPropertyName("contractType")] public ContractType? ContractType { get; set; }
    [JsonPropertyName("maintMarginPercent")] public decimal MaintMarginPercent { get; set; }
    [JsonPropertyName("pricePrecision")] public int PricePrecision { get; set; }
    [JsonPropertyName("quantityPrecision")] public int QuantityPrecision { get; set; }
    [JsonPropertyName("requiredMarginPercent")] public decimal RequiredMarginPercent { get; set; }
    [JsonPropertyName("baseAsset")] public string BaseAsset { get; set; } = string.Empty;
    [JsonPropertyName("marginAsset")] public string MarginAsset { get; set; } = string.Empty;
    [JsonPropertyName("quoteAsset")] public string QuoteAsset { get; set; } = string.Empty;
    [JsonPropertyName("baseAssetPrecision")] public int BaseAssetPrecision { get; set; }
    [JsonPropertyName("quotePrecision")] public int QuoteAssetPrecision { get; set; }
    [JsonPropertyName("orderTypes")] public FuturesOrderType[] OrderTypes { get; set; } = [];
    [JsonPropertyName("symbol")] public string Name { get; set; } = string.Empty;
    [JsonPropertyName("pair")] public string Pair { get; set; } = string.Empty;
    [JsonPropertyName("deliveryDate")] public DateTime DeliveryDate { get; set; }
    [JsonPropertyName("onboardDate")] public DateTime ListingDate { get; set; }
    [JsonPropertyName("triggerProtect")] public decimal TriggerProtect { get; set; }
    [JsonPropertyName("underlyingType")] public UnderlyingType UnderlyingType { get; set; }
    [JsonPropertyName("underlyingSubType")] public string[] UnderlyingSubType { get; set; } = [];
    [JsonPropertyName("liquidationFee")] public decimal LiquidationFee { get; set; }
    [JsonPropertyName("marketTakeBound")] public decimal MarketTakeBound { get; set; }
    [JsonPropertyName("maxMoveOrderLimit")] public decimal? MaxMoveOrderLimit { get; set; }
    [JsonPropertyName("timeInForce")] public TimeInForce[] TimeInForce { get; set; } = [];
    [JsonPropertyName("permissionSets")] public string[] PermissionSets { get; set; } = [];
    [JsonIgnore]
    public BinanceSymbolPriceFilter? PriceFilter => Filters.OfType<BinanceSymbolPriceFilter>().FirstOrDefault();
    [JsonIgnore]
    public BinanceSymbolLotSizeFilter? LotSizeFilter => Filters.OfType<BinanceSymbolLotSizeFilter>().FirstOrDefault();
    [JsonIgnore]
    public BinanceSymbolMarketLotSizeFilter? MarketLotSizeFilter =>
        Filters.OfType<BinanceSymbolMarketLotSizeFilter>().FirstOrDefault();
    [JsonIgnore]
    public BinanceSymbolMaxOrdersFilter? MaxOrdersFilter =>
        Filters.OfType<BinanceSymbolMaxOrdersFilter>().FirstOrDefault();
    [JsonIgnore]
    public BinanceSymbolMaxAlgorithmicOrdersFilter? MaxAlgoOrdersFilter =>
        Filters.OfType<BinanceSymbolMaxAlgorithmicOrdersFilter>().FirstOrDefault();
    [JsonIgnore]
    public BinanceSymbolPercentPriceFilter? PricePercentFilter =>
        Filters.OfType<BinanceSymbolPercentPriceFilter>().FirstOrDefault();
    [JsonIgnore]
    public BinanceSymbolMinNotionalFilter? MinNotionalFilter =>
        Filters.OfType<BinanceSymbolMinNotionalFilter>().FirstOrDefault();
}

public record BinanceFuturesUsdtSymbol : BinanceFuturesSymbol
{
    [JsonPropertyName("status")] public SymbolStatus Status { get; set; }
    [JsonPropertyName("settlePlan")] public decimal SettlePlan { get; set; }
}
