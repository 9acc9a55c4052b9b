namespace Quantum.Venue.Market;

/// <summary>The addresses of candles: of trades, of a pair, of mark and index price.</summary>
internal sealed class CandleRoutes(MarketBoard board)
{
    private const int UsualLimit = 500;
    private const int MostLimit = 1_500;

    public void AddTo(RouteTable routes)
    {
        routes.AddPublic("/fapi/v1/klines", WeightOf, call => Klines(call, "symbol", OfTrades));
        routes.AddPublic("/fapi/v1/continuousKlines", WeightOf, Continuous);
        routes.AddPublic("/fapi/v1/markPriceKlines", WeightOf, call => Klines(call, "symbol", OfMarks));
        routes.AddPublic("/fapi/v1/indexPriceKlines", WeightOf, call => Klines(call, "pair", OfMarks));
    }

    private static CandleSeries OfTrades(SymbolMarket market) => market.Candles;

    private static CandleSeries OfMarks(SymbolMarket market) => market.MarkCandles;

    private static int WeightOf(Parameters parameters)
    {
        var limit = parameters.TryLong("limit", out var sent) ? sent ?? UsualLimit : UsualLimit;
        return limit switch
        {
            < 100 => 1,
            < 500 => 2,
            <= 1_000 => 5,
            _ => 10,
        };
    }

    private VenueError? Continuous(Call call)
    {
        var kind = call.Parameters.Find("contractType");
        if (kind is null) return VenueError.Missing("contractType");
        return kind is "PERPETUAL" ? Klines(call, "pair", OfTrades) : VenueError.Illegal("contractType");
    }

    private VenueError? Klines(Call call, string name, Func<SymbolMarket, CandleSeries> seriesOf)
    {
        var query = new MarketQuery(call.Parameters, board);
        var market = query.Market(name);
        var interval = query.Interval();
        var (startMs, endMs) = query.Times();
        var limit = query.Limit(UsualLimit, MostLimit);
        if (query.Fault is { } fault) return fault;
        var series = seriesOf(market!);
        var isTraded = series == market!.Candles;
        call.Json.WriteStartArray();
        foreach (var candle in series.Query(interval!, startMs, endMs, limit))
            Write(call.Json, market, interval!, in candle, isTraded);
        call.Json.WriteEndArray();
        return null;
    }

    private static void Write(
        Utf8JsonWriter json, SymbolMarket market, KlineInterval interval, in Candle candle, bool isTraded)
    {
        const int MoneyDecimals = 8;
        var priceDecimals = isTraded ? market.PriceDecimals : MoneyDecimals;
        json.WriteStartArray();
        json.WriteNumberValue(candle.OpenMs);
        json.FixedValue(candle.Open, priceDecimals);
        json.FixedValue(candle.High, priceDecimals);
        json.FixedValue(candle.Low, priceDecimals);
        json.FixedValue(candle.Close, priceDecimals);
        if (isTraded) json.FixedValue(candle.Volume, market.QuantityDecimals);
        else json.WriteStringValue("0"u8);
        json.WriteNumberValue(interval.EndOf(candle.OpenMs) - 1);
        if (isTraded)
        {
            json.FixedValue(candle.QuoteVolume, MoneyDecimals);
            json.WriteNumberValue(candle.Trades);
            json.FixedValue(candle.TakerVolume, market.QuantityDecimals);
            json.FixedValue(candle.TakerQuoteVolume, MoneyDecimals);
        }
        else
        {
            json.WriteStringValue("0"u8);
            json.WriteNumberValue(0);
            json.WriteStringValue("0"u8);
            json.WriteStringValue("0"u8);
        }

        json.WriteStringValue("0"u8);
        json.WriteEndArray();
    }
}
