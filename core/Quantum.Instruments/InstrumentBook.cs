using System.Collections.Immutable;
using System.Security.Cryptography;
using Quantum.Instruments.Reading;
using Quantum.Roles.Symbols;

namespace Quantum.Instruments;

/// <summary>
/// The facts of all instruments that may be traded. Every service of a system is given the same book: the one in its
/// settings, laid over the built-in one.
/// </summary>
public sealed class InstrumentBook
{
    private static readonly Lazy<InstrumentBook> s_builtIn = new(ReadBuiltIn);

    private readonly ImmutableSortedDictionary<string, Instrument> _rows;
    private readonly Lazy<SymbolFilterBook> _filters;

    /// <param name="title">Where it comes from, for messages.</param>
    /// <param name="rows">One a symbol.</param>
    /// <param name="isComplete">Nothing is taken from another book.</param>
    public InstrumentBook(string title, IEnumerable<Instrument> rows, bool isComplete = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (Title, IsComplete) = (title, isComplete);
        _rows = rows.ToImmutableSortedDictionary(row => row.Symbol.Name, row => row, StringComparer.Ordinal);
        _filters = new(() => new SymbolFilterBook(_rows.Values.Select(row => row.Filters)));
    }

    /// <summary>The book that comes with the product, made by <c>./quantum instruments import</c>.</summary>
    public static InstrumentBook BuiltIn => s_builtIn.Value;

    /// <summary>Where it comes from, for messages.</summary>
    public string Title { get; }

    /// <summary>True: what is not in it is unknown, also where the built-in book has it.</summary>
    public bool IsComplete { get; }

    /// <summary>All rows by name.</summary>
    public IReadOnlyCollection<Instrument> Rows => [.. _rows.Values];

    /// <summary>The day of the newest row; the first of all days when there is none.</summary>
    public DateOnly AsOf => _rows.IsEmpty ? DateOnly.MinValue : _rows.Values.Max(row => row.AsOf);

    /// <summary>What the roles are given.</summary>
    public SymbolFilterBook Filters => _filters.Value;

    /// <summary>The same for the same facts, 12 hexadecimal digits.</summary>
    public string Digest => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(BookText.Of(this))))[..12];

    public Instrument? Find(Symbol symbol) => Find(symbol.Name);

    public Instrument? Find(string name) => _rows.GetValueOrDefault(name);

    /// <summary>
    /// Reads a file: a book, or what the exchange told as it was downloaded, plain or gzip. What it does not name comes
    /// from the built-in book, unless it says that it is complete. Throws <see cref="InstrumentException"/>.
    /// </summary>
    public static InstrumentBook Load(string path) => BookImport.Of(BuiltIn, [path]).Book;

    public override string ToString() =>
        FormattableString.Invariant($"{Title}: {_rows.Count} instruments, newest of {AsOf:yyyy-MM-dd}, {Digest}");

    private static InstrumentBook ReadBuiltIn()
    {
        using var stream = typeof(InstrumentBook).Assembly.GetManifestResourceStream("instruments.json")!;
        return new InstrumentBook("the built-in book", FactFile.Read("built-in instruments.json", stream).Rows);
    }
}
