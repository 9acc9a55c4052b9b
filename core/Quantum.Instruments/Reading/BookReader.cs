using Quantum.Roles.Ilf;
using Quantum.Roles.Symbols;

namespace Quantum.Instruments.Reading;

/// <summary>Reads a book of ours; <see cref="BookText"/> writes it. What it does not know is refused.</summary>
internal static class BookReader
{
    private static readonly string[] s_ofBook = ["version", "asOf", "complete", "tables", "instruments"];

    private static readonly string[] s_ofRow =
    [
        "symbol", "contract", "status", "asOf", "tickSize", "stepSize", "minQuantity", "maxQuantity",
        "maxMarketQuantity", "limitLot", "marketLot", "minNotionalUsd", "minPrice", "maxPrice", "priceUp", "priceDown",
        "maxOrders", "maxAlgoOrders", "liquidationFee", "fundingHours", "symbolRisk", "brackets",
    ];

    public static FactFile Read(JsonPlace book)
    {
        RefuseUnknown(book, s_ofBook);
        if (book.Has("version") && book.Whole("version", 0, int.MaxValue) != BookText.Version)
            throw book.Fault($"is of version {book.Text("version")}", $"this build reads {BookText.Version}");
        var asOf = book.Has("asOf") ? Day(book) : DateOnly.FromDateTime(DateTime.UnixEpoch);
        var tables = Tables(book);
        var (rows, left) = (new SortedDictionary<string, Instrument>(StringComparer.Ordinal), new List<LeftOut>());
        foreach (var item in book.Array("instruments"))
        {
            var row = item.Row(out var name, out var symbol);
            RefuseUnknown(row, s_ofRow);
            if (symbol is null) left.Add(new LeftOut(name, "its name is none that a symbol can have here"));
            else if (!rows.TryAdd(name, Of(row, symbol.Value, tables, asOf)))
                throw row.Fault("stands there twice", "remove one");
        }

        return new FactFile
        {
            Name = book.File, Rows = [.. rows.Values], Left = left,
            IsComplete = book.Has("complete") && book.Member("complete").ValueKind == JsonValueKind.True,
        };
    }

    private static Instrument Of(
        JsonPlace row, Symbol symbol, Dictionary<string, LeverageBrackets> tables, DateOnly asOf)
    {
        var step = row.Number("stepSize");
        var most = row.Number("maxQuantity");
        var filters = new SymbolFilters
        {
            Symbol = symbol,
            TickSize = row.Number("tickSize"),
            StepSize = step,
            MinQuantity = row.NumberOrNull("minQuantity") ?? step,
            MaxQuantity = most,
            MaxMarketQuantity = row.NumberOrNull("maxMarketQuantity") ?? most,
            LimitLot = Lot(row, "limitLot"),
            MarketLot = Lot(row, "marketLot"),
            MinNotionalUsd = row.Number("minNotionalUsd"),
            MinPrice = row.NumberOrNull("minPrice"),
            MaxPrice = row.NumberOrNull("maxPrice"),
            MaxOrders = row.Has("maxOrders") ? row.Whole("maxOrders", 1, int.MaxValue) : null,
            MaxAlgoOrders = row.Has("maxAlgoOrders") ? row.Whole("maxAlgoOrders", 1, int.MaxValue) : null,
            LiquidationFeeFraction = row.NumberOrNull("liquidationFee"),
            PriceUpFactor = row.NumberOrNull("priceUp"),
            PriceDownFactor = row.NumberOrNull("priceDown"),
            FundingHours = row.Has("fundingHours") ? row.Whole("fundingHours", 1, 24) : null,
            SymbolRisk = (double?)row.NumberOrNull("symbolRisk") ?? SymbolRisks.Of(symbol),
            Brackets = row.Has("brackets") ? Brackets(row, tables) : LeverageBrackets.Assumed,
        };
        if (filters.Fault() is { } fault) throw row.Fault(fault.Split(": ")[0], "correct it");
        return new Instrument
        {
            Filters = filters, Contract = row.TextOr("contract", "PERPETUAL"), Status = row.TextOr("status", "TRADING"),
            AsOf = row.Has("asOf") ? Day(row) : asOf, AreBracketsKnown = row.Has("brackets"),
        };
    }

    private static LotSize? Lot(JsonPlace row, string name)
    {
        if (!row.Has(name)) return null;
        return row.Array(name) is [var step, var least]
            ? new LotSize(step.Decimal(name, step.Element), least.Decimal(name, least.Element))
            : throw row.Fault($"'{name}' has other parts", "a lot is [step, least quantity]");
    }

    private static Dictionary<string, LeverageBrackets> Tables(JsonPlace book)
    {
        var tables = new Dictionary<string, LeverageBrackets>(StringComparer.Ordinal);
        if (!book.Has("tables")) return tables;
        if (book.Member("tables").ValueKind != JsonValueKind.Object)
            throw book.Fault("'tables' is no object", "write each table under its name");
        foreach (var table in book.Member("tables").EnumerateObject())
            tables[table.Name] = Table(book with { Element = table.Value, Symbol = table.Name });
        return tables;
    }

    // The table itself, or the name of one that several share.
    private static LeverageBrackets Brackets(JsonPlace row, Dictionary<string, LeverageBrackets> tables)
    {
        if (row.Member("brackets").ValueKind == JsonValueKind.Array)
            return Table(row with { Element = row.Member("brackets") });
        return tables.GetValueOrDefault(row.Text("brackets"))
            ?? throw row.Fault($"'brackets' names {row.Text("brackets")}", "name one of 'tables', or write the table");
    }

    private static LeverageBrackets Table(JsonPlace place)
    {
        List<LeverageBracket> steps = [.. place.Items().Select(Step)];
        return LeverageBrackets.FaultOf(steps) is { } fault
            ? throw place.Fault(fault, "correct it")
            : new LeverageBrackets(steps);
    }

    private static LeverageBracket Step(JsonPlace step)
    {
        const string Form = "a bracket is [largest notional in USD, leverage, maintenance margin fraction]";
        if (step.Items() is not [var cap, var leverage, var kept]) throw step.Fault("a bracket has other parts", Form);
        var most = step.Decimal("leverage", leverage.Element);
        if (most != decimal.Truncate(most) || most is < 1 or > LeverageBrackets.MostLeverage)
            throw step.Fault($"bracket leverage {most} is no whole number from 1 on", Form);
        return new LeverageBracket(
            step.Decimal("cap", cap.Element), (int)most, step.Decimal("maintenance", kept.Element));
    }

    private static DateOnly Day(JsonPlace place) =>
        DateOnly.TryParseExact(
            place.Text("asOf"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw place.Fault($"'asOf' is '{place.Text("asOf")}'", "write a day such as 2026-05-18");

    private static void RefuseUnknown(JsonPlace place, string[] known)
    {
        if (place.Element.ValueKind != JsonValueKind.Object) throw place.Fault("is no object", "correct it");
        foreach (var member in place.Element.EnumerateObject())
            if (!known.Contains(member.Name))
                throw place.Fault($"'{member.Name}' is not known", $"known are {string.Join(", ", known)}");
    }
}
