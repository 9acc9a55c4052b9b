using System.Text.Json;
using Quantum.Contracts.Units;
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
        var all = new Dictionary<string, JsonPlace>(StringComparer.Ordinal);
        foreach (var filter in row.Array("filters")) all[filter.Text("filterType")] = filter;
        var (price, lot) = (Needed(row, all, "PRICE_FILTER"), Needed(row, all, "LOT_SIZE"));
        var market = all.GetValueOrDefault("MARKET_LOT_SIZE", lot);
        var band = all.GetValueOrDefault("PERCENT_PRICE", row);
        // An order of ours takes the market or is a stop that does: the coarser step fits both.
        var step = Math.Max(lot.Number("stepSize"), market.Number("stepSize"));
        var least = Math.Max(lot.Number("minQty"), market.Number("minQty"));
        return new SymbolFilters
        {
            Symbol = symbol,
            TickSize = price.Number("tickSize"),
            StepSize = step,
            // 0 is "no least": one step is the least that can be written.
            MinQuantity = least > 0 ? least : step,
            MaxQuantity = lot.Number("maxQty"),
            MaxMarketQuantity = market.Number("maxQty"),
            MinNotionalUsd = Needed(row, all, "MIN_NOTIONAL").Number("notional"),
            PriceUpFactor = band.NumberOrNull("multiplierUp"),
            PriceDownFactor = band.NumberOrNull("multiplierDown"),
            Brackets = LeverageBrackets.Assumed,
            SymbolRisk = SymbolRisks.Of(symbol),
        };
    }

    private static JsonPlace Needed(JsonPlace row, Dictionary<string, JsonPlace> all, string name) =>
        all.TryGetValue(name, out var filter) && filter.Element.ValueKind == JsonValueKind.Object
            ? filter
            : throw row.Fault($"the filter {name} is missing", Mend);
}
