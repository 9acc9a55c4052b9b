using Quantum.Roles.Ilf;
using Quantum.Roles.Symbols;

namespace Quantum.Instruments.Reading;

/// <summary>
/// Reads the rows of Binance's USD-M <c>exchangeInfo</c>. A row that is traded and impossible refuses the file; one
/// that is not traded yet or any more and impossible is left out and told.
/// </summary>
internal static class ExchangeReader
{
    private const string Mend = "download it again, or leave the symbol out with --without";
    private const string UsdM = "download https://fapi.binance.com/fapi/v1/exchangeInfo";

    public static FactFile Read(
        JsonPlace file, IReadOnlyList<JsonPlace> rows, IReadOnlySet<string> without, DateTime? at)
    {
        if (rows.Count == 0) throw file.Fault("holds no instrument: 'symbols' is empty", "download it again");
        var (read, left) = (new SortedDictionary<string, Instrument>(StringComparer.Ordinal), new List<LeftOut>());
        var asOf = DateOnly.FromDateTime(at ?? throw file.Fault("has no 'serverTime'", "download it again"));
        foreach (var item in rows)
        {
            var row = item.Row(out var name, out var symbol);
            RefuseOtherMarkets(file, row);
            if (WhyNot(row, name, symbol, without) is { } why) left.Add(new LeftOut(name, why));
            else if (Of(row, symbol!.Value, asOf, left) is { } instrument && !read.TryAdd(name, instrument))
                throw row.Fault("stands there twice", "download it again");
        }

        if (read.Count == 0)
            throw file.Fault($"holds no instrument that can be traded here ({left[0].Name}: {left[0].Why})", UsdM);
        return new FactFile { Name = file.File, Rows = [.. read.Values], Left = left, At = at };
    }

    private static void RefuseOtherMarkets(JsonPlace file, JsonPlace row)
    {
        if (row.Has("contractSize") || row.Has("contractStatus"))
            throw file.Fault($"holds coin-margined contracts ({row.Symbol})", UsdM);
        if (row.Has("isSpotTradingAllowed") || row.Has("isMarginTradingAllowed") || !row.Has("contractType"))
            throw file.Fault($"holds no futures but another market's symbols, as spot's ({row.Symbol})", UsdM);
    }

    private static string? WhyNot(JsonPlace row, string name, Symbol? symbol, IReadOnlySet<string> without)
    {
        if (without.Contains(name)) return "left out as asked";
        if (symbol is null) return "its name is none that a symbol can have here";
        var (quote, margin) = (row.Text("quoteAsset"), row.Text("marginAsset"));
        return quote.Contains("USD", StringComparison.Ordinal) && margin == quote
            ? null
            : $"quoted in {quote} and margined in {margin}: money is in USD here";
    }

    private static Instrument? Of(JsonPlace row, Symbol symbol, DateOnly asOf, List<LeftOut> left)
    {
        var status = row.Text("status");
        var filters = Filters(row, symbol);
        if (filters.Fault() is not { } fault)
            return new Instrument
            {
                Filters = filters, Contract = row.Text("contractType"), Status = status, AsOf = asOf,
                AreBracketsKnown = false,
            };
        if (status == "TRADING") throw row.Fault(fault.Split(": ")[0], Mend);
        left.Add(new LeftOut(symbol.Name, $"{status}, and {fault.Split(": ")[0]}"));
        return null;
    }

    private static SymbolFilters Filters(JsonPlace row, Symbol symbol)
    {
        var told = new Dictionary<string, JsonPlace>(StringComparer.Ordinal);
        foreach (var filter in row.Array("filters")) told[filter.Text("filterType")] = filter;
        var (price, lot) = (Needed(row, told, "PRICE_FILTER"), Needed(row, told, "LOT_SIZE"));
        var market = told.GetValueOrDefault("MARKET_LOT_SIZE", lot);
        var band = told.GetValueOrDefault("PERCENT_PRICE", row);
        var (limitLot, marketLot) = (Lot(lot), Lot(market));
        // The coarser step fits orders of every kind.
        var step = Math.Max(limitLot.StepSize, marketLot.StepSize);
        var least = Math.Max(limitLot.MinQuantity, marketLot.MinQuantity);
        var all = new LotSize(step, least);
        return new SymbolFilters
        {
            Symbol = symbol,
            TickSize = price.Number("tickSize"),
            StepSize = step,
            MinQuantity = least,
            LimitLot = limitLot == all ? null : limitLot,
            MarketLot = marketLot == all ? null : marketLot,
            MaxQuantity = lot.Number("maxQty"),
            MaxMarketQuantity = market.Number("maxQty"),
            MinNotionalUsd = Needed(row, told, "MIN_NOTIONAL").Number("notional"),
            MinPrice = Limit(price, "minPrice"),
            MaxPrice = Limit(price, "maxPrice"),
            MaxOrders = Count(told, "MAX_NUM_ORDERS"),
            MaxAlgoOrders = Count(told, "MAX_NUM_ALGO_ORDERS"),
            LiquidationFeeFraction = row.NumberOrNull("liquidationFee"),
            PriceUpFactor = band.NumberOrNull("multiplierUp"),
            PriceDownFactor = band.NumberOrNull("multiplierDown"),
            Brackets = LeverageBrackets.Assumed,
            SymbolRisk = SymbolRisks.Of(symbol),
        };
    }

    // 0 is "no least": one step is the least that can be written.
    private static LotSize Lot(JsonPlace filter)
    {
        var (step, least) = (filter.Number("stepSize"), filter.Number("minQty"));
        return new LotSize(step, least > 0 ? least : step);
    }

    // 0 is "no limit".
    private static decimal? Limit(JsonPlace filter, string name) =>
        filter.NumberOrNull(name) is > 0 and var limit ? limit : null;

    private static int? Count(Dictionary<string, JsonPlace> told, string name) =>
        told.TryGetValue(name, out var filter) && filter.Whole("limit", 0, int.MaxValue) is > 0 and var most
            ? most : null;

    private static JsonPlace Needed(JsonPlace row, Dictionary<string, JsonPlace> told, string name) =>
        told.TryGetValue(name, out var filter) && filter.Element.ValueKind == JsonValueKind.Object
            ? filter
            : throw row.Fault($"the filter {name} is missing", Mend);
}
