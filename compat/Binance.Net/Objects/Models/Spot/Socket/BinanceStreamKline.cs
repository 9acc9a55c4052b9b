namespace Binance.Net.Objects.Models.Spot.Socket;

public record BinanceStreamKlineData : BinanceStreamEvent, IBinanceStreamKlineData
{
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("k")][JsonConverter(typeof(StreamKlineConverter))]
    public IBinanceStreamKline Data { get; set; } = default!;
}

public record BinanceStreamKline : IBinanceStreamKline
{
    [JsonPropertyName("t")] public DateTime OpenTime { get; set; }
    [JsonPropertyName("v")] public decimal Volume { get; set; }
    [JsonPropertyName("T")] public DateTime CloseTime { get; set; }
    [JsonPropertyName("q")] public decimal QuoteVolume { get; set; }
    [JsonPropertyName("s")] public string Symbol { get; set; } = string.Empty;
    [JsonPropertyName("i")] public KlineInterval Interval { get; set; }
    [JsonPropertyName("f")] public long FirstTrade { get; set; }
    [JsonPropertyName("L")] public long LastTrade { get; set; }
    [JsonPropertyName("o")] public decimal OpenPrice { get; set; }
    [JsonPropertyName("c")] public decimal ClosePrice { get; set; }
    [JsonPropertyName("h")] public decimal HighPrice { get; set; }
    [JsonPropertyName("l")] public decimal LowPrice { get; set; }
    [JsonPropertyName("n")] public int TradeCount { get; set; }
    [JsonPropertyName("V")] public decimal TakerBuyBaseVolume { get; set; }
    [JsonPropertyName("Q")] public decimal TakerBuyQuoteVolume { get; set; }
    [JsonPropertyName("x")] public bool Final { get; set; }
}
