namespace Quantum.Venue.Market;

/// <summary>The addresses of trades: the newest, older ones, and aggregates.</summary>
internal sealed class TradeRoutes(MarketBoard board)
{
    private const int MostLimit = 1_000;
    private const int MostOldLimit = 500;
    private const long HourMs = 3_600_000;
    private const int UsualLimit = 500;
    private const int UsualOldLimit = 100;
    private const int ListWeight = 5;
    private const int HeavyWeight = 20;

    public void AddTo(RouteTable routes)
    {
        routes.AddPublic("/fapi/v1/trades", ListWeight, Newest);
        routes.AddPublic("/fapi/v1/aggTrades", HeavyWeight, Aggregates);
        routes.Add(new Route("GET", "/fapi/v1/historicalTrades", RouteSecurity.Key, _ => HeavyWeight, Older));
    }

    private VenueError? Newest(Call call)
    {
        var query = new MarketQuery(call.Parameters, board);
        var market = query.Market();
        var limit = query.Limit(UsualLimit, MostLimit);
        if (query.Fault is { } fault) return fault;
        var trades = market!.Tape.Trades;
        Write(call.Json, market, trades, Math.Max(0, trades.Count - limit), limit);
        return null;
    }

    private VenueError? Older(Call call)
    {
        var query = new MarketQuery(call.Parameters, board);
        var market = query.Market();
        var limit = query.Limit(UsualOldLimit, MostOldLimit);
        var fromId = query.Number("fromId");
        if (query.Fault is { } fault) return fault;
        var trades = market!.Tape.Trades;
        var first = fromId is { } id
            ? trades.FirstAt(id, trade => trade.Id)
            : Math.Max(0, trades.Count - limit);
        Write(call.Json, market, trades, first, limit);
        return null;
    }

    private VenueError? Aggregates(Call call)
    {
        var query = new MarketQuery(call.Parameters, board);
        var market = query.Market();
        var limit = query.Limit(UsualLimit, MostLimit);
        var fromId = query.Number("fromId");
        var (startMs, endMs) = query.Times();
        if (query.Fault is { } fault) return fault;
        if (fromId is not null && (startMs ?? endMs) is not null) return MarketErrors.BadCombination;
        if (endMs - startMs > HourMs) return MarketErrors.NoHistory;
        var trades = market!.Tape.Aggregates;
        var end = endMs is { } last ? trades.FirstAt(last + 1, trade => trade.Whole.AtMs) : trades.Count;
        var first = fromId is { } id ? trades.FirstAt(id, trade => trade.Id)
            : startMs is { } start ? trades.FirstAt(start, trade => trade.Whole.AtMs)
            : Math.Max(0, end - limit);
        call.Json.WriteStartArray();
        for (var i = first; i < Math.Min(end, first + limit); i++) Write(call.Json, market, trades[i]);
        call.Json.WriteEndArray();
        return null;
    }

    private static void Write(Utf8JsonWriter json, SymbolMarket market, AggregateTrade trade)
    {
        json.WriteStartObject();
        json.WriteNumber("a"u8, trade.Id);
        json.Fixed("p"u8, trade.Whole.Price, market.PriceDecimals);
        json.Fixed("q"u8, trade.Whole.Quantity, market.QuantityDecimals);
        json.WriteNumber("f"u8, trade.Whole.Id);
        json.WriteNumber("l"u8, trade.LastId);
        json.WriteNumber("T"u8, trade.Whole.AtMs);
        json.WriteBoolean("m"u8, trade.Whole.IsBuyerMaker);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SymbolMarket market, Recent<Trade> trades, int first, int limit)
    {
        json.WriteStartArray();
        for (var i = first; i < Math.Min(trades.Count, first + limit); i++)
        {
            var trade = trades[i];
            json.WriteStartObject();
            json.WriteNumber("id"u8, trade.Id);
            json.Fixed("price"u8, trade.Price, market.PriceDecimals);
            json.Fixed("qty"u8, trade.Quantity, market.QuantityDecimals);
            json.Plain("quoteQty"u8, Math.Round(trade.Price * trade.Quantity, 8));
            json.WriteNumber("time"u8, trade.AtMs);
            json.WriteBoolean("isBuyerMaker"u8, trade.IsBuyerMaker);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
