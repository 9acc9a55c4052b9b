using System.Text.Encodings.Web;

namespace Quantum.Instruments;

/// <summary>
/// Writes a book as <c>instruments.json</c>: one instrument a line, what is usual left away, and each leverage table
/// once, under the name of the first symbol that has it.
/// </summary>
public static class BookText
{
    /// <summary>The form's version.</summary>
    public const int Version = 1;

    /// <summary>The file's whole text.</summary>
    public static string Of(InstrumentBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var names = TableNames(book);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $$"""
            {"version":{{Version}},"asOf":"{{book.AsOf:yyyy-MM-dd}}",{{(book.IsComplete ? "\"complete\":true," : "")}}
            "tables":{
            """);
        text.Append('\n').AppendJoin(",\n", names.Where(pair => pair.Value == pair.Key.Symbol.Name).Select(Table));
        text.Append("\n},\n\"instruments\":[\n");
        text.AppendJoin(",\n", book.Rows.Select(row => Row(row, book.AsOf, names.GetValueOrDefault(row))));
        return text.Append("\n]}\n").ToString();
    }

    private static Dictionary<Instrument, string> TableNames(InstrumentBook book)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new Dictionary<Instrument, string>();
        foreach (var row in book.Rows.Where(row => row.AreBracketsKnown))
        {
            first.TryAdd(row.Filters.Brackets.ToString(), row.Symbol.Name);
            names[row] = first[row.Filters.Brackets.ToString()];
        }

        return names;
    }

    private static string Table(KeyValuePair<Instrument, string> pair)
    {
        var steps = pair.Key.Filters.Brackets.Steps.Select(step =>
            $"[{Instrument.Text(step.NotionalCapUsd)},{step.MaxLeverage},{Instrument.Text(step.MaintenanceFraction)}]");
        return $"{Quoted(pair.Value)}:[{string.Join(',', steps)}]";
    }

    private static string Row(Instrument row, DateOnly asOf, string? table)
    {
        var filters = row.Filters;
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\"symbol\":{Quoted(row.Symbol.Name)}");
        if (row.Contract != "PERPETUAL") Add("contract", Quoted(row.Contract));
        if (row.Status != "TRADING") Add("status", Quoted(row.Status));
        if (row.AsOf != asOf) Add("asOf", FormattableString.Invariant($"\"{row.AsOf:yyyy-MM-dd}\""));
        Add("tickSize", Instrument.Text(filters.TickSize));
        Add("stepSize", Instrument.Text(filters.StepSize));
        if (filters.MinQuantity != filters.StepSize) Add("minQuantity", Instrument.Text(filters.MinQuantity));
        Add("maxQuantity", Instrument.Text(filters.MaxQuantity));
        if (filters.MaxMarketQuantity != filters.MaxQuantity)
            Add("maxMarketQuantity", Instrument.Text(filters.MaxMarketQuantity));
        if (filters.LimitLot is { } limitLot) Add("limitLot", Lot(limitLot));
        if (filters.MarketLot is { } marketLot) Add("marketLot", Lot(marketLot));
        Add("minNotionalUsd", Instrument.Text(filters.MinNotionalUsd));
        if (filters.MinPrice is { } low) Add("minPrice", Instrument.Text(low));
        if (filters.MaxPrice is { } high) Add("maxPrice", Instrument.Text(high));
        if (filters.PriceUpFactor is { } up) Add("priceUp", Instrument.Text(up));
        if (filters.PriceDownFactor is { } down) Add("priceDown", Instrument.Text(down));
        if (filters.MaxOrders is { } orders) Add("maxOrders", orders.ToString(CultureInfo.InvariantCulture));
        if (filters.MaxAlgoOrders is { } algo) Add("maxAlgoOrders", algo.ToString(CultureInfo.InvariantCulture));
        if (filters.LiquidationFeeFraction is { } fee) Add("liquidationFee", Instrument.Text(fee));
        if (filters.FundingHours is { } hours) Add("fundingHours", hours.ToString(CultureInfo.InvariantCulture));
        if (filters.SymbolRisk != Roles.Ilf.SymbolRisks.Of(row.Symbol))
            Add("symbolRisk", filters.SymbolRisk.ToString(CultureInfo.InvariantCulture));
        if (table is not null) Add("brackets", Quoted(table));
        return line.Append('}').ToString();

        void Add(string name, string value) => line.Append(CultureInfo.InvariantCulture, $",\"{name}\":{value}");
    }

    private static string Lot(Quantum.Roles.Symbols.LotSize lot) =>
        $"[{Instrument.Text(lot.StepSize)},{Instrument.Text(lot.MinQuantity)}]";

    private static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
