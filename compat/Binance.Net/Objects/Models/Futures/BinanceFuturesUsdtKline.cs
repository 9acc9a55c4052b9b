namespace Binance.Net.Objects.Models.Futures;

[JsonConverter(typeof(KlineRowConverter))]
public record BinanceFuturesUsdtKline : BinanceKlineBase
{
    public override decimal Volume { get; set; }

    public override decimal QuoteVolume { get; set; }

    public override decimal TakerBuyBaseVolume { get; set; }

    public override decimal TakerBuyQuoteVolume { get; set; }
}
