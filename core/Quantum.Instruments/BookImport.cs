using Quantum.Instruments.Reading;
using Quantum.Roles.Ilf;

namespace Quantum.Instruments;

/// <summary>
/// Lays files of facts over a book. Of two rows of one symbol a book's counts before the exchange's, and of the
/// exchange's the newer one; of two tables or intervals the later file's. What no file names stays as it was: the
/// table, the interval, and the whole instrument.
/// </summary>
public sealed record BookImport
{
    /// <summary>What came of it.</summary>
    public required InstrumentBook Book { get; init; }

    /// <summary>What each file held.</summary>
    public required IReadOnlyList<FactFile> Files { get; init; }

    /// <summary>Symbols of the files whose leverage table no file and no older book tells.</summary>
    public IReadOnlyList<Symbol> AssumedBrackets { get; init; } = [];

    /// <param name="older">What the files are laid over.</param>
    /// <param name="paths">The files.</param>
    /// <param name="isOnly">True: instruments that no file names are dropped.</param>
    /// <param name="without">Names to leave out.</param>
    public static BookImport Of(
        InstrumentBook older, IReadOnlyList<string> paths, bool isOnly = false, IReadOnlySet<string>? without = null)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(paths);
        FactFile[] files = [.. paths.Select(path => FactFile.Read(path, without))];
        var rows = new SortedDictionary<Symbol, Instrument>();
        var isAlone = isOnly || files.Any(file => file.IsComplete);
        if (!isAlone)
            foreach (var row in older.Rows) rows[row.Symbol] = row;
        var named = new SortedSet<Symbol>();
        foreach (var row in files.OrderBy(file => file.At ?? DateTime.MaxValue).SelectMany(file => file.Rows))
        {
            rows[row.Symbol] = Completed(row, rows.GetValueOrDefault(row.Symbol) ?? older.Find(row.Symbol));
            named.Add(row.Symbol);
        }

        foreach (var file in files)
        {
            foreach (var (symbol, brackets) in file.Brackets)
                Change(symbol, row => row with
                {
                    Filters = row.Filters with { Brackets = brackets }, AreBracketsKnown = true,
                });
            foreach (var (symbol, hours) in file.FundingHours)
                Change(symbol, row => row with { Filters = row.Filters with { FundingHours = hours } });
        }

        RefuseNothing(files, rows);
        var title = string.Join(", ", paths.Select(Path.GetFileName));
        return new BookImport
        {
            Book = new InstrumentBook(title, rows.Values, isAlone || older.IsComplete), Files = files,
            AssumedBrackets = [.. named.Where(symbol => !rows[symbol].AreBracketsKnown)],
        };

        void Change(Symbol symbol, Func<Instrument, Instrument> change)
        {
            if (rows.TryGetValue(symbol, out var row)) rows[symbol] = change(row);
        }
    }

    // exchangeInfo has neither table, interval nor a risk judged by hand: they stay what they were.
    private static Instrument Completed(Instrument row, Instrument? before)
    {
        if (before is null) return row;
        var takesBrackets = !row.AreBracketsKnown && before.AreBracketsKnown;
        return row with
        {
            AreBracketsKnown = row.AreBracketsKnown || takesBrackets,
            Filters = row.Filters with
            {
                Brackets = takesBrackets ? before.Filters.Brackets : row.Filters.Brackets,
                FundingHours = row.Filters.FundingHours ?? before.Filters.FundingHours,
                SymbolRisk = row.Filters.SymbolRisk == SymbolRisks.Of(row.Symbol)
                    ? before.Filters.SymbolRisk
                    : row.Filters.SymbolRisk,
            },
        };
    }

    private static void RefuseNothing(FactFile[] files, SortedDictionary<Symbol, Instrument> rows)
    {
        foreach (var file in files)
        {
            var named = file.Brackets.Keys.Concat(file.FundingHours.Keys).ToArray();
            if (named.Length == 0 || named.Any(rows.ContainsKey)) continue;
            throw new InstrumentException(
                $"{file.Name} tells of {named.Length} instruments, {named[0]} the first, and of none of them are the "
                + "filters known: name the exchangeInfo too.");
        }
    }
}
