using Quantum.Instruments;
using Quantum.Roles.Venue;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Market;

/// <summary>
/// The addresses of the venue itself: whether it is there, its time, its instruments and limits. What is told is
/// enforced, and what is not enforced is not told: <c>ToldLimitTests</c> breaks each once.
/// </summary>
internal sealed class ExchangeRoutes(MarketBoard board, VenueOptions options, VenueSettings rules)
{
    private const long NeverMs = 4_133_404_800_000;
    private const int FactorDecimals = 4;

    private static readonly string[] s_quotes = ["USDT", "USDC", "BUSD", "USD1", "BTC"];

    private static readonly string[] s_types =
        ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET"];

    private static readonly string[] s_timesInForce = ["GTC", "IOC", "FOK", "GTX"];

    public void AddTo(RouteTable routes)
    {
        routes.AddPublic("/fapi/v1/ping", 1, Ping);
        routes.AddPublic("/fapi/v1/time", 1, Time);
        routes.AddPublic("/fapi/v1/exchangeInfo", 1, Info);
    }

    private static VenueError? Ping(Call call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? Time(Call call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteNumber("serverTime"u8, call.AtMs);
        call.Json.WriteEndObject();
        return null;
    }

    private VenueError? Info(Call call)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("timezone"u8, "UTC"u8);
        json.WriteNumber("serverTime"u8, call.AtMs);
        json.WriteString("futuresType"u8, "U_MARGINED"u8);
        json.WriteStartArray("rateLimits"u8);
        Limit(json, "REQUEST_WEIGHT", "MINUTE", 1, options.WeightPerMinute);
        Limit(json, "ORDERS", "MINUTE", 1, options.OrdersPerMinute);
        Limit(json, "ORDERS", "SECOND", 10, options.OrdersPerTenSeconds);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters"u8);
        json.WriteEndArray();
        WriteAssets(json);
        json.WriteStartArray("symbols"u8);
        foreach (var market in board.All) Write(json, market);
        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    private void WriteAssets(Utf8JsonWriter json)
    {
        json.WriteStartArray("assets"u8);
        foreach (var asset in board.All.Select(market => QuoteOf(market.Name)).Distinct())
        {
            json.WriteStartObject();
            json.WriteString("asset"u8, asset);
            json.WriteBoolean("marginAvailable"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Limit(Utf8JsonWriter json, string kind, string interval, int count, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType"u8, kind);
        json.WriteString("interval"u8, interval);
        json.WriteNumber("intervalNum"u8, count);
        json.WriteNumber("limit"u8, limit);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, SymbolMarket market)
    {
        var instrument = market.Instrument;
        var quote = QuoteOf(market.Name);
        json.WriteStartObject();
        json.WriteString("symbol"u8, market.Name);
        json.WriteString("pair"u8, market.Name.Split('_')[0]);
        json.WriteString("contractType"u8, instrument.Contract);
        json.WriteNumber("deliveryDate"u8, NeverMs);
        json.WriteNumber("onboardDate"u8, AsOfMs(instrument));
        json.WriteString("status"u8, "TRADING"u8);
        var first = instrument.Filters.Brackets.Steps[0];
        json.Fixed("maintMarginPercent"u8, first.MaintenanceFraction * 100, 4);
        json.Fixed("requiredMarginPercent"u8, 100m / first.MaxLeverage, 4);
        json.WriteString("baseAsset"u8, BaseOf(market.Name, quote));
        json.WriteString("quoteAsset"u8, quote);
        json.WriteString("marginAsset"u8, quote);
        json.WriteNumber("pricePrecision"u8, market.PriceDecimals);
        json.WriteNumber("quantityPrecision"u8, market.QuantityDecimals);
        json.WriteNumber("baseAssetPrecision"u8, 8);
        json.WriteNumber("quotePrecision"u8, 8);
        json.WriteString("underlyingType"u8, "COIN"u8);
        json.WriteStartArray("underlyingSubType"u8);
        json.WriteEndArray();
        json.WriteNumber("settlePlan"u8, 0);
        json.Fixed(
            "liquidationFee"u8, instrument.Filters.LiquidationFeeFraction ?? rules.LiquidationFeeFraction, 6);
        json.WriteStartArray("filters"u8);
        WriteFilters(json, market);
        json.WriteEndArray();
        List(json, "orderTypes"u8, s_types);
        List(json, "timeInForce"u8, s_timesInForce);
        json.WriteEndObject();
    }

    // A price of 0 is no limit; a filter that is not there is none.
    private static void WriteFilters(Utf8JsonWriter json, SymbolMarket market)
    {
        var filters = market.Instrument.Filters;
        Filter("PRICE_FILTER");
        json.Plain("minPrice"u8, filters.MinPrice ?? 0);
        json.Plain("maxPrice"u8, filters.MaxPrice ?? 0);
        json.Plain("tickSize"u8, filters.TickSize);
        json.WriteEndObject();
        Lot("LOT_SIZE", OrderType.Limit);
        Lot("MARKET_LOT_SIZE", OrderType.Market);
        Count("MAX_NUM_ORDERS", filters.MaxOrders);
        Count("MAX_NUM_ALGO_ORDERS", filters.MaxAlgoOrders);
        Filter("MIN_NOTIONAL");
        json.Plain("notional"u8, filters.MinNotionalUsd);
        json.WriteEndObject();
        if (filters is { PriceUpFactor: null, PriceDownFactor: null }) return;
        Filter("PERCENT_PRICE");
        if (filters.PriceUpFactor is { } up) json.Fixed("multiplierUp"u8, up, FactorDecimals);
        if (filters.PriceDownFactor is { } down) json.Fixed("multiplierDown"u8, down, FactorDecimals);
        json.WriteString("multiplierDecimal"u8, "4"u8);
        json.WriteEndObject();

        void Lot(string kind, OrderType type)
        {
            var lot = filters.LotOf(type);
            Filter(kind);
            json.Plain("minQty"u8, lot.MinQuantity);
            json.Plain("maxQty"u8, filters.MaxQuantityOf(type));
            json.Plain("stepSize"u8, lot.StepSize);
            json.WriteEndObject();
        }

        void Count(string kind, int? most)
        {
            if (most is not { } limit) return;
            Filter(kind);
            json.WriteNumber("limit"u8, limit);
            json.WriteEndObject();
        }

        void Filter(string kind)
        {
            json.WriteStartObject();
            json.WriteString("filterType"u8, kind);
        }
    }

    private static void List(Utf8JsonWriter json, ReadOnlySpan<byte> name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static long AsOfMs(Instrument instrument) =>
        new DateTimeOffset(instrument.AsOf.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static string QuoteOf(string symbol)
    {
        var pair = symbol.Split('_')[0];
        return Array.Find(s_quotes, quote => pair.Length > quote.Length
            && pair.EndsWith(quote, StringComparison.Ordinal)) ?? "USDT";
    }

    private static string BaseOf(string symbol, string quote)
    {
        var pair = symbol.Split('_')[0];
        return pair.EndsWith(quote, StringComparison.Ordinal) ? pair[..^quote.Length] : pair;
    }
}
