using System.Text.Json;
using Quantum.Roles.Symbols;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>
/// Each limit that <c>exchangeInfo</c> tells is broken once by an order and refused by its code: one that is told and
/// not in the table fails, and so does one in the table that is not told. Last price and mark are 50,000.
/// </summary>
public sealed class ToldLimitTests
{
    private const string Leverage = "/fapi/v1/leverage";
    private const string Limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.008&price=49000";
    private const string Market = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.04";
    private const string Stop =
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=0.04&triggerPrice=51000";

    /// <summary>What is told and limits no order.</summary>
    private static readonly string[] s_facts =
    [
        "symbol", "pair", "contractType", "deliveryDate", "onboardDate", "status", "maintMarginPercent", "baseAsset",
        "quoteAsset", "marginAsset", "baseAssetPrecision", "quotePrecision", "underlyingType", "settlePlan",
        "liquidationFee", "PERCENT_PRICE.multiplierDecimal",
    ];

    private static readonly string[] s_types =
    [
        "LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET",
        "LIMIT_MAKER",
    ];

    private static readonly string[] s_forces = ["GTC", "IOC", "FOK", "GTX", "GTD", "RPI"];

    /// <summary>What is told, the order that breaks it, how many go before it, and the code.</summary>
    private static readonly Dictionary<string, (string Path, string Sent, int Before, int Code)> s_broken = new()
    {
        ["PRICE_FILTER.minPrice"] = (SignedClient.Orders, Limit.Replace("49000", "39999.5"), 0, -4013),
        ["PRICE_FILTER.maxPrice"] = (SignedClient.Orders, Limit.Replace("49000", "60000.5"), 0, -4002),
        ["PRICE_FILTER.tickSize"] = (SignedClient.Orders, Limit.Replace("49000", "49000.1"), 0, -4014),
        ["LOT_SIZE.minQty"] = (SignedClient.Orders, Limit.Replace("0.008", "0.002"), 0, -4004),
        ["LOT_SIZE.maxQty"] = (SignedClient.Orders, Limit.Replace("0.008", "1000.002"), 0, -4005),
        ["LOT_SIZE.stepSize"] = (SignedClient.Orders, Limit.Replace("0.008", "0.009"), 0, -4023),
        ["MARKET_LOT_SIZE.minQty"] = (SignedClient.Orders, Market.Replace("0.04", "0.02"), 0, -4004),
        ["MARKET_LOT_SIZE.maxQty"] = (SignedClient.Orders, Market.Replace("0.04", "120.02"), 0, -4005),
        ["MARKET_LOT_SIZE.stepSize"] = (SignedClient.Orders, Market.Replace("0.04", "0.05"), 0, -4023),
        ["MAX_NUM_ORDERS.limit"] = (SignedClient.Orders, Limit, 3, -2025),
        ["MAX_NUM_ALGO_ORDERS.limit"] = (SignedClient.Algos, Stop, 2, -4045),
        ["MIN_NOTIONAL.notional"] = (SignedClient.Orders, Limit.Replace("0.008", "0.006"), 0, -4164),
        ["PERCENT_PRICE.multiplierUp"] = (SignedClient.Orders, Limit.Replace("49000", "52500.5"), 0, -4016),
        ["PERCENT_PRICE.multiplierDown"] =
            (SignedClient.Orders, Limit.Replace("49000", "47499.5").Replace("BUY", "SELL"), 0, -4024),
        ["pricePrecision"] = (SignedClient.Orders, Limit.Replace("49000", "49000.05"), 0, -1111),
        ["quantityPrecision"] = (SignedClient.Orders, Limit.Replace("0.008", "0.0081"), 0, -1111),
        ["requiredMarginPercent"] = (Leverage, "symbol=BTCUSDT&leverage=126", 0, -4028),
        ["REQUEST_WEIGHT 1 MINUTE"] = (Leverage, "symbol=BTCUSDT&leverage=9", 6, -1003),
        ["ORDERS 10 SECOND"] = (SignedClient.Orders, Limit, 4, -1015),
        ["ORDERS 1 MINUTE"] = (SignedClient.Orders, Limit, 5, -1015),
    };

    public static TheoryData<string> Told => [.. s_broken.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public async Task All_that_is_told_is_in_the_table_and_all_of_the_table_is_told()
    {
        await using var run = await AccountRun.StartAsync(filter: Limited);
        var info = await InfoAsync(run);
        Assert.Empty(info.GetProperty("exchangeFilters").EnumerateArray());
        var told = Symbol(info, "BTCUSDT").EnumerateObject()
            .Where(part => part.Value.ValueKind != JsonValueKind.Array).Select(part => part.Name)
            .Concat(
                from filter in Symbol(info, "BTCUSDT").GetProperty("filters").EnumerateArray()
                from part in filter.EnumerateObject()
                where part.Name != "filterType"
                select $"{filter.GetProperty("filterType").GetString()}.{part.Name}")
            .Concat(info.GetProperty("rateLimits").EnumerateArray().Select(limit =>
                $"{limit.GetProperty("rateLimitType")} {limit.GetProperty("intervalNum")} "
                + $"{limit.GetProperty("interval")}"));
        Assert.Equal(s_broken.Keys.Concat(s_facts).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["filters", "orderTypes", "timeInForce", "underlyingSubType"],
            Symbol(info, "BTCUSDT").EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Array)
                .Select(part => part.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Told))]
    public async Task What_breaks_a_told_limit_is_refused_by_its_code(string limit)
    {
        var (path, sent, before, code) = s_broken[limit];
        await using var run = await AccountRun.StartAsync(
            filter: limit.Contains("ORDERS ", StringComparison.Ordinal) ? null : Limited,
            limit: options => Rated(options, limit));
        run.Tick(50_000);
        for (var n = 0; n < before; n++)
        {
            Assert.Equal(0, (await run.Client.PostAsync(path, sent)).Code);
            if (limit == "ORDERS 1 MINUTE") run.Time.Advance(2_500);
        }

        Assert.Equal(code, (await run.Client.PostAsync(path, sent)).Code);
        // The same within the limit is taken: it was that limit that refused.
        if (before > 0) return;
        var within = path == Leverage ? "symbol=BTCUSDT&leverage=125"
            : sent.Contains("MARKET", StringComparison.Ordinal) ? Market : Limit;
        Assert.Equal(0, (await run.Client.PostAsync(path, within)).Code);
    }

    [Fact]
    public async Task Every_told_type_and_time_in_force_is_taken_and_no_other()
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        var told = Symbol(await InfoAsync(run), "BTCUSDT");
        foreach (var type in s_types) Assert.Equal((type, Has("orderTypes", type)), (type, await TakesAsync(type)));
        foreach (var force in s_forces)
        {
            var sent = Limit.Replace("=GTC", "=" + force) + "&goodTillDate=1999999999000";
            var isTaken = (await run.Client.PostAsync(SignedClient.Orders, sent)).Code == 0;
            Assert.Equal((force, Has("timeInForce", force)), (force, isTaken));
        }

        bool Has(string list, string word) => told.GetProperty(list).EnumerateArray()
            .Any(known => known.GetString() == word);

        async Task<bool> TakesAsync(string type)
        {
            var isTakeProfit = type.StartsWith("TAKE", StringComparison.Ordinal);
            var conditional = Stop.Replace("STOP_MARKET", type)
                + (type is "STOP" or "TAKE_PROFIT" ? "&price=50000" : "") + "&callbackRate=1";
            var plain = await run.Client.PostAsync(SignedClient.Orders, Limit.Replace("LIMIT", type)
                .Replace(type == "MARKET" ? "&timeInForce=GTC" : "&none", "")
                .Replace(type == "MARKET" ? "&price=49000" : "&none", ""));
            var algo = await run.Client.PostAsync(
                SignedClient.Algos, isTakeProfit ? conditional.Replace("51000", "49000") : conditional);
            return plain.Code == 0 || algo.Code == 0;
        }
    }

    [Fact]
    public async Task What_the_instrument_does_not_limit_is_not_told()
    {
        await using var run = await AccountRun.StartAsync(
            filter: known => known with { PriceUpFactor = null, PriceDownFactor = null });
        var filters = Symbol(await InfoAsync(run), "BTCUSDT").GetProperty("filters").EnumerateArray()
            .ToDictionary(filter => filter.GetProperty("filterType").GetString()!);
        Assert.Equal(
            ["LOT_SIZE", "MARKET_LOT_SIZE", "MIN_NOTIONAL", "PRICE_FILTER"],
            filters.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("0", filters["PRICE_FILTER"].GetProperty("minPrice").GetString());
        Assert.Equal("0", filters["PRICE_FILTER"].GetProperty("maxPrice").GetString());
    }

    [Theory]
    [InlineData("BUY", 47_000, -4131)]
    [InlineData("BUY", 53_000, 0)]
    [InlineData("SELL", 53_000, -4131)]
    [InlineData("SELL", 47_000, 0)]
    public async Task A_market_order_is_refused_while_the_last_price_is_too_far_from_the_mark(
        string side, int mark, int code)
    {
        await using var run = await AccountRun.StartAsync();
        run.Tick(50_000);
        run.Mark(mark);
        Assert.Equal(code, (await run.Client.MarketAsync("far", side: side)).Code);
    }

    [Fact]
    public async Task A_part_of_a_position_is_no_smaller_than_the_least_order_but_its_rest_is()
    {
        await using var run = await AccountRun.StartAsync(filter: Limited);
        run.Tick(50_000);
        Assert.Equal(0, (await run.Client.PostAsync(SignedClient.Orders, Limit.Replace("49000", "50000"))).Code);
        run.Tick(50_000);
        var part = Limit.Replace("BUY", "SELL").Replace("49000", "50000") + "&reduceOnly=true";
        Assert.Equal(-4004, (await run.Client.PostAsync(SignedClient.Orders, part.Replace("0.008", "0.002"))).Code);
        var most = await run.Client.PostAsync(SignedClient.Orders, part.Replace("0.008", "0.006"));
        // The lot of limit orders is finer than that of market orders: nothing of it is rounded on the wire.
        Assert.Equal("0.006", most.Text("origQty"));
        run.Tick(50_000);
        Assert.Equal(0, (await run.Client.PostAsync(SignedClient.Orders, part.Replace("0.008", "0.002"))).Code);
    }

    private static async Task<JsonElement> InfoAsync(AccountRun run) =>
        (await run.Client.GetAsync("/fapi/v1/exchangeInfo")).Body;

    private static JsonElement Symbol(JsonElement info, string name) => info.GetProperty("symbols").EnumerateArray()
        .Single(symbol => symbol.GetProperty("symbol").GetString() == name);

    // Lots of each kind of order that differ, and nothing without a limit.
    private static SymbolFilters Limited(SymbolFilters known) => known with
    {
        TickSize = 0.5m, StepSize = 0.02m, MinQuantity = 0.04m, LimitLot = new LotSize(0.002m, 0.004m),
        MarketLot = new LotSize(0.02m, 0.04m), MinPrice = 40_000, MaxPrice = 60_000, MaxOrders = 3, MaxAlgoOrders = 2,
        MinNotionalUsd = 300, LiquidationFeeFraction = 0.01m,
    };

    private static VenueOptions Rated(VenueOptions options, string limit) => limit switch
    {
        "REQUEST_WEIGHT 1 MINUTE" => options with { WeightPerMinute = 6 },
        "ORDERS 10 SECOND" => options with { OrdersPerTenSeconds = 4 },
        "ORDERS 1 MINUTE" => options with { OrdersPerMinute = 5 },
        _ => options,
    };
}
