namespace Quantum.Venue.Market;

/// <summary>The addresses of mark price, funding and open interest.</summary>
internal sealed class FundingRoutes(MarketBoard board)
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;

    // What lending quote over base costs in eight hours, by the exchange's rule.
    private const decimal InterestRate = 0.0001m;

    public void AddTo(RouteTable routes)
    {
        routes.AddPublic("/fapi/v1/premiumIndex", sent => sent.Find("symbol") is null ? 10 : 1, PremiumIndex);
        routes.AddPublic("/fapi/v1/fundingRate", 1, Past);
        routes.AddPublic("/fapi/v1/fundingInfo", 1, Rules);
        routes.AddPublic("/fapi/v1/openInterest", 1, OpenInterest);
    }

    private VenueError? PremiumIndex(Call call)
    {
        var query = new MarketQuery(call.Parameters, board);
        var one = query.Optional();
        if (query.Fault is { } fault) return fault;
        if (one is { IsKnown: true })
        {
            Write(call.Json, one, call.AtMs);
            return null;
        }

        call.Json.WriteStartArray();
        if (one is null)
            foreach (var market in board.All.Where(market => market.IsKnown)) Write(call.Json, market, call.AtMs);
        call.Json.WriteEndArray();
        return null;
    }

    private static void Write(Utf8JsonWriter json, SymbolMarket market, long atMs)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, market.Name);
        json.Money("markPrice"u8, market.Mark);
        json.Money("indexPrice"u8, market.Mark);
        json.Money("estimatedSettlePrice"u8, market.Mark);
        json.Money("lastFundingRate"u8, market.Funding.Rate);
        json.Money("interestRate"u8, InterestRate);
        json.WriteNumber("nextFundingTime"u8, market.Funding.NextMs);
        json.WriteNumber("time"u8, atMs);
        json.WriteEndObject();
    }

    private VenueError? Past(Call call)
    {
        var query = new MarketQuery(call.Parameters, board);
        var one = query.Optional();
        var (startMs, endMs) = query.Times();
        var limit = query.Limit(UsualLimit, MostLimit);
        if (query.Fault is { } fault) return fault;
        var found = (one is null ? board.All : [one])
            .SelectMany(market => InTime(market, startMs, endMs)).OrderBy(row => row.Due.AtMs).ToArray();
        // Without a start the newest, else the first of that time on.
        var shown = startMs is null ? found.TakeLast(limit) : found.Take(limit);
        call.Json.WriteStartArray();
        foreach (var (market, due) in shown)
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, market.Name);
            call.Json.WriteNumber("fundingTime"u8, due.AtMs);
            call.Json.Money("fundingRate"u8, due.Rate);
            call.Json.Money("markPrice"u8, due.Mark);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static IEnumerable<(SymbolMarket Market, FundingDue Due)> InTime(
        SymbolMarket market, long? startMs, long? endMs)
    {
        var past = market.Funding.Past;
        for (var i = 0; i < past.Count; i++)
            if (!(past[i].AtMs < startMs) && !(past[i].AtMs > endMs)) yield return (market, past[i]);
    }

    private VenueError? Rules(Call call)
    {
        const int HourMs = 3_600_000;
        call.Json.WriteStartArray();
        foreach (var market in board.All)
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, market.Name);
            call.Json.Money("adjustedFundingRateCap"u8, 0.02m);
            call.Json.Money("adjustedFundingRateFloor"u8, -0.02m);
            call.Json.WriteNumber("fundingIntervalHours"u8, market.Instrument.Filters.FundingMs / HourMs);
            call.Json.WriteBoolean("disclaimer"u8, false);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private VenueError? OpenInterest(Call call)
    {
        var query = new MarketQuery(call.Parameters, board);
        var market = query.Market();
        if (query.Fault is { } fault) return fault;
        // No feed tells it: what half a day trades is of its order.
        var day = market!.Candles.IsKnown ? market.Candles.Day(call.AtMs).Volume : 0;
        call.Json.WriteStartObject();
        call.Json.WriteString("symbol"u8, market.Name);
        call.Json.Fixed("openInterest"u8, day / 2, market.QuantityDecimals);
        call.Json.WriteNumber("time"u8, call.AtMs);
        call.Json.WriteEndObject();
        return null;
    }
}
