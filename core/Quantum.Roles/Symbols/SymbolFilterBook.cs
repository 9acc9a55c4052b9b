using System.Numerics;
using System.Runtime.InteropServices;

namespace Quantum.Roles.Symbols;

/// <summary>
/// The filters of every symbol that may be traded. A symbol without a row is unknown, and an unknown symbol is not
/// traded. All roles of a system are given the same book.
/// </summary>
public sealed class SymbolFilterBook
{
    private readonly SortedDictionary<string, SymbolFilters> _rows = new(StringComparer.Ordinal);

    // The same rows by their names' first letters, so that a tick's filters are found at once. Many runs share a book.
    private readonly SymbolFilters?[] _places;

    public SymbolFilterBook(params IEnumerable<SymbolFilters> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            row.Validate();
            _rows[row.Symbol.Name] = row;
        }

        _places = new SymbolFilters?[BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, 4 * _rows.Count))];
        foreach (var (name, row) in _rows)
        {
            var place = PlaceOf(name);
            while (_places[place] is not null) place = (place + 1) & (_places.Length - 1);
            _places[place] = row;
        }
    }

    public IEnumerable<SymbolFilters> All => _rows.Values;

    /// <summary>The symbol's filters, or null when it is unknown.</summary>
    public SymbolFilters? Find(Symbol symbol)
    {
        var place = PlaceOf(symbol.Name);
        while (_places[place] is { } row && row.Symbol != symbol)
            place = (place + 1) & (_places.Length - 1);
        return _places[place];
    }

    /// <summary>This book with other or further rows.</summary>
    public SymbolFilterBook With(params IEnumerable<SymbolFilters> rows) => new(_rows.Values.Concat(rows));

    private int PlaceOf(string name)
    {
        var spread = (ulong)name.Length;
        if (name.Length < 4)
        {
            foreach (var letter in name) spread = (spread ^ letter) * 16_777_619;
            return (int)spread & (_places.Length - 1);
        }

        // Four letters each of beginning, middle and end tell nearly all symbols apart.
        spread ^= FourOf(name, 0) * 0x9E37_79B9_7F4A_7C15;
        spread ^= FourOf(name, name.Length / 2 - 2) * 0xC2B2_AE3D_27D4_EB4F;
        spread ^= FourOf(name, name.Length - 4) * 0x1656_67B1_9E37_79F9;
        return (int)(spread >> 40) & (_places.Length - 1);
    }

    private static ulong FourOf(string name, int from) =>
        MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(name.AsSpan(from, 4)));

    /// <summary>What to say of symbols without a row: what is missing, and the command that brings it.</summary>
    public static string Unknown(params IEnumerable<Symbol> symbols) =>
        $"no facts are known of {string.Join(", ", symbols)} (tick, step, margin): download the venue's exchangeInfo "
        + "and run './quantum instruments import FILE --yes', or write an entry by hand and import that "
        + "('./quantum instruments --help' shows one)";
}
