using Quantum.Contracts.Units;

namespace Quantum.Roles.Symbols;

/// <summary>
/// The filters of every symbol that may be traded. A symbol without a row is unknown, and an unknown symbol is not
/// traded. All roles of a system are given the same book.
/// </summary>
public sealed class SymbolFilterBook
{
    private readonly SortedDictionary<string, SymbolFilters> _rows = new(StringComparer.Ordinal);

    public SymbolFilterBook(params IEnumerable<SymbolFilters> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            row.Validate();
            _rows[row.Symbol.Name] = row;
        }
    }

    public IEnumerable<SymbolFilters> All => _rows.Values;

    /// <summary>The symbol's filters, or null when it is unknown.</summary>
    public SymbolFilters? Find(Symbol symbol) => _rows.GetValueOrDefault(symbol.Name);

    /// <summary>This book with other or further rows.</summary>
    public SymbolFilterBook With(params IEnumerable<SymbolFilters> rows) => new(_rows.Values.Concat(rows));

    /// <summary>What to say of symbols without a row: what is missing, and the command that brings it.</summary>
    public static string Unknown(params IEnumerable<Symbol> symbols) =>
        $"no facts are known of {string.Join(", ", symbols)} (tick, step, margin): download the venue's exchangeInfo "
        + "and run './quantum instruments import FILE --yes', or write an entry by hand and import that "
        + "('./quantum instruments --help' shows one)";
}
