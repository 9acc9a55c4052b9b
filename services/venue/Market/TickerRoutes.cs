namespace Quantum.Venue.Market;

/// <summary>The addresses of books and last prices, of one symbol or of all.</summary>
internal sealed class TickerRoutes(MarketBoard board)
{
    private const int UsualDepth = 500;

    private static readonly (int Limit, int Weight)[] s_depths =
        [(5, 2), (10, 2), (20, 2), (50, 2), (100, 5), (500, 10), (1_000, 20)];

    public void AddTo(RouteTable routes)
    {
        routes.AddPublic("/fapi/v1/depth", DepthWeight, Depth, "depth");
        Add("/fapi/v1/ticker/bookTicker", 2, 5, WriteBook, "ticker.book");
        Add("/fapi/v1/ticker/24hr", 1, 40, WriteDay);
        Add("/fapi/v1/ticker/price", 1, 2, WritePrice, "ticker.price");
        Add("/fapi/v2/ticker/price", 1, 2, WritePrice);

        void Add(
            string path, int weight, int weightOfAll, Action<Utf8JsonWriter, SymbolMarket, long> write,
            string? method = null) =>
            routes.AddPublic(
                path, sent => sent.Find("symbol") is null ? weightOfAll : weight, call => OneOrAll(call, write),
                method);
    }

    private static int DepthWeight(Parameters parameters)
    {
        var limit = parameters.TryLong("limit", out var sent) ? sent ?? UsualDepth : UsualDepth;
        return Array.Find(s_depths, known => known.Limit == limit).Weight is > 0 and var weight ? weight : 1;
    }

    private VenueError? Depth(Call call)
    {
        var query = new MarketQuery(call.Parameters, board);
        var market = query.Market();
        var limit = (int)Math.Min(query.Number("limit") ?? UsualDepth, int.MaxValue);
        if (query.Fault is { } fault) return fault;
        if (!Array.Exists(s_depths, known => known.Limit == limit))
            return MarketErrors.BadDepth(call.Parameters.Find("limit")!);
        var book = market!.Book;
        var json = call.Json;
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId"u8, book.NumberSnapshot());
        json.WriteNumber("E"u8, call.AtMs);
        json.WriteNumber("T"u8, book.AtMs);
        json.Levels("bids"u8, market, MarketJson.Best(book, limit, isBid: true), isBid: true);
        json.Levels("asks"u8, market, MarketJson.Best(book, limit, isBid: false), isBid: false);
        json.WriteEndObject();
        return null;
    }

    private VenueError? OneOrAll(Call call, Action<Utf8JsonWriter, SymbolMarket, long> write)
    {
        var query = new MarketQuery(call.Parameters, board);
        var one = query.Optional();
        if (query.Fault is { } fault) return fault;
        if (one is { IsKnown: true })
        {
            write(call.Json, one, call.AtMs);
            return null;
        }

        call.Json.WriteStartArray();
        if (one is null)
            foreach (var market in board.All.Where(market => market.IsKnown)) write(call.Json, market, call.AtMs);
        call.Json.WriteEndArray();
        return null;
    }

    private static void WriteBook(Utf8JsonWriter json, SymbolMarket market, long atMs)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, market.Name);
        json.Fixed("bidPrice"u8, market.Book.Bid, market.PriceDecimals);
        json.Fixed("bidQty"u8, market.Book.BidQuantity, market.QuantityDecimals);
        json.Fixed("askPrice"u8, market.Book.Ask, market.PriceDecimals);
        json.Fixed("askQty"u8, market.Book.AskQuantity, market.QuantityDecimals);
        json.WriteNumber("time"u8, market.Book.AtMs);
        json.WriteNumber("lastUpdateId"u8, market.Book.UpdateId);
        json.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter json, SymbolMarket market, long atMs)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, market.Name);
        json.Fixed("price"u8, market.LastPrice, market.PriceDecimals);
        json.WriteNumber("time"u8, market.LastMs);
        json.WriteEndObject();
    }

    private static void WriteDay(Utf8JsonWriter json, SymbolMarket market, long atMs)
    {
        var day = market.Candles.Day(atMs);
        json.WriteStartObject();
        json.WriteString("symbol"u8, market.Name);
        json.Fixed("priceChange"u8, market.LastPrice - day.Open, market.PriceDecimals);
        json.Fixed("priceChangePercent"u8, DayTicker.ChangePercent(in day, market.LastPrice), 3);
        json.Fixed("weightedAvgPrice"u8, DayTicker.AveragePrice(in day, market.LastPrice), market.PriceDecimals);
        json.Fixed("lastPrice"u8, market.LastPrice, market.PriceDecimals);
        json.Fixed("lastQty"u8, market.LastQuantity, market.QuantityDecimals);
        json.Fixed("openPrice"u8, day.Open, market.PriceDecimals);
        json.Fixed("highPrice"u8, day.High, market.PriceDecimals);
        json.Fixed("lowPrice"u8, day.Low, market.PriceDecimals);
        json.Fixed("volume"u8, day.Volume, market.QuantityDecimals);
        json.Fixed("quoteVolume"u8, day.QuoteVolume, 2);
        json.WriteNumber("openTime"u8, day.OpenMs);
        json.WriteNumber("closeTime"u8, atMs);
        json.WriteNumber("firstId"u8, Math.Max(0, day.FirstId));
        json.WriteNumber("lastId"u8, Math.Max(0, day.LastId));
        json.WriteNumber("count"u8, day.Trades);
        json.WriteEndObject();
    }
}
