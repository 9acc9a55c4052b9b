namespace Binance.Net.Objects.Models.Futures;

public record BinanceFuturesSymbolBracket
{
    [JsonPropertyName("symbol")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("notionalCoef")] public decimal? NotionalCoef { get; set; }
    [JsonInclude][JsonPropertyName("pair")] internal string Pair { set => Symbol = value; }
    [JsonPropertyName("brackets")] public BinanceFuturesBracket[] Brackets { get; set; } = [];
}

public record BinanceFuturesBracket
{
    [JsonPropertyName("bracket")] public int Bracket { get; set; }
    [JsonPropertyName("initialLeverage")] public int InitialLeverage { get; set; }
    [JsonPropertyName("notionalCap")] public long Cap { get; set; }
    [JsonInclude][JsonPropertyName("qtyCap")] internal long QuantityCap { set => Cap = value; }
    [JsonPropertyName("notionalFloor")] public long Floor { get; set; }
    [JsonInclude][JsonPropertyName("qtyFloor")] internal long QuantityFloor { set => Floor = value; }
    [JsonPropertyName("maintMarginRatio")] public decimal MaintenanceMarginRatio { get; set; }
    [JsonPropertyName("cum")] public decimal MaintAmount { get; set; }
}
