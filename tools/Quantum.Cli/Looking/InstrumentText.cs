using Quantum.Instruments;

namespace Quantum.Cli.Looking;

/// <summary>Instruments, books and their differences as people and programs read them.</summary>
internal static class InstrumentText
{
    private const int NamesALine = 8;

    private static readonly string[] s_shownInList =
        ["tickSize", "stepSize", "minQuantity", "maxMarketQuantity", "minNotionalUsd", "fundingHours"];

    public static void List(TextWriter target, InstrumentBook book)
    {
        ShownText.Table(target,
        [
            ["symbol", .. s_shownInList, "leverage", "maintenance", "contract", "status", "as of"],
            .. book.Rows.Select(Line),
        ]);
        target.WriteLine();
        target.WriteLine(book);
    }

    public static void Show(TextWriter target, Instrument row, InstrumentBook book)
    {
        target.WriteLine($"{row.Symbol}, {Day(row)}, from {book.Title}");
        ShownText.Table(target,
        [
            .. row.Facts().Where(fact => fact.Name != "brackets").Select(fact => new[] { fact.Name, fact.Value }),
        ]);
        target.WriteLine(
            row.AreBracketsKnown ? "brackets" : "brackets: no table was told, so the most careful one is assumed");
        ShownText.Table(target,
        [
            ["  up to USD", "leverage", "maintenance"],
            .. row.Filters.Brackets.Steps.Select(step => new[]
            {
                "  " + Text(step.NotionalCapUsd), Text(step.MaxLeverage), Text(step.MaintenanceFraction),
            }),
        ]);
    }

    public static void Show(TextWriter target, BookDifference difference)
    {
        target.WriteLine(
            $"{difference.Added.Count} added, {difference.Gone.Count} gone, {difference.Changed.Count} changed, "
            + $"{difference.Same} the same");
        Names(target, "added", difference.Added.Select(row => row.Symbol));
        Names(target, "gone", difference.Gone.Select(row => row.Symbol));
        foreach (var change in difference.Changed)
        {
            var facts = change.Facts.Select(fact => $"{fact.Name} {fact.Before} -> {fact.Now}");
            target.WriteLine($"changed {change.Symbol}: {string.Join("; ", facts)}");
        }
    }

    /// <summary>What of the files was no use, and what had to be assumed.</summary>
    public static void ShowLeft(TextWriter target, BookImport import)
    {
        foreach (var file in import.Files)
            foreach (var why in file.Left.GroupBy(row => row.Why))
                target.WriteLine($"{file.Name}: left out {string.Join(", ", why.Select(row => row.Name))}: {why.Key}");
        if (import.AssumedBrackets.Count == 0) return;
        Names(target, "leverage 1 and 25 % maintenance margin assumed, for no file tells the brackets of",
            import.AssumedBrackets);
    }

    public static object Document(InstrumentBook book) => new
    {
        book.Title, asOf = book.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), book.Digest,
        instruments = book.Rows.Select(Row),
    };

    public static object Document(BookDifference difference) => new
    {
        added = difference.Added.Select(Row), gone = difference.Gone.Select(row => row.Symbol.Name),
        difference.Changed, difference.Same,
    };

    /// <summary>All facts of one, or null.</summary>
    public static object? Row(Instrument? row) => row is null ? null : new
    {
        symbol = row.Symbol.Name, row.Contract, row.Status, asOf = Day(row), row.Filters.TickSize, row.Filters.StepSize,
        row.Filters.MinQuantity, row.Filters.MaxQuantity, row.Filters.MaxMarketQuantity, row.Filters.MinNotionalUsd,
        row.Filters.PriceUpFactor, row.Filters.PriceDownFactor, row.Filters.FundingHours, row.Filters.SymbolRisk,
        row.AreBracketsKnown, brackets = row.Filters.Brackets.Steps,
    };

    private static string[] Line(Instrument row)
    {
        var facts = row.Facts().ToDictionary(fact => fact.Name, fact => fact.Value);
        return
        [
            row.Symbol.Name, .. s_shownInList.Select(name => facts[name]), Text(row.Filters.Brackets.MaxLeverage),
            Text(row.Filters.Brackets.Steps[0].MaintenanceFraction), row.Contract, row.Status, Day(row),
        ];
    }

    private static void Names(TextWriter target, string what, IEnumerable<Symbol> symbols)
    {
        foreach (var line in symbols.Chunk(NamesALine)) target.WriteLine($"{what} {string.Join(", ", line)}");
    }

    private static string Day(Instrument row) => row.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
