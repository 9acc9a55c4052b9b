namespace Binance.Net.Objects.Models.Futures.Socket;

public record BinanceFuturesStreamMarkPrice : BinanceStreamEvent, IBinanceFuturesMarkPrice
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("p")] public decimal MarkPrice { get; set; }
    [JsonPropertyName("P")] public decimal EstimatedSettlePrice { get; set; }
    [JsonPropertyName("r")] public decimal? FundingRate { get; set; }
    [JsonPropertyName("T")] public DateTime NextFundingTime { get; set; }
}

public record BinanceFuturesUsdtStreamMarkPrice : BinanceFuturesStreamMarkPrice
{
    [JsonPropertyName("i")] public decimal IndexPrice { get; set; }
    [JsonPropertyName("ap")] public decimal MarkPriceMovingAverage { get; set; }
}
