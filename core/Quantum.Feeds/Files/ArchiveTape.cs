using Quantum.Archive;
using Quantum.Archive.Files;

namespace Quantum.Feeds.Files;

/// <summary>
/// What of an archive is played: its candles where it has some, with the funding that its states tell, else its trades
/// with quotes and mark prices; or the one stream whose folder was named.
/// </summary>
internal sealed class ArchiveTape
{
    private static readonly string[] s_candleColumns =
    [
        "symbol", "open_time_ms", "close_time_ms", "open", "high", "low", "close", "volume", "quote_volume", "trades",
    ];

    private static readonly string[] s_tickColumns =
        ["ts", "symbol", "price", "quantity", "is_buyer_maker", "bid_price", "ask_price"];

    private static readonly string[] s_stateColumns =
        ["ts", "symbol", "mark_price", "bid_price", "ask_price", "funding_rate", "next_funding_at_ms"];

    private static readonly string[] s_fundingColumns = ["symbol", "funding_rate", "next_funding_at_ms"];

    private ArchiveTape(ArchiveTables rows) => Rows = rows;

    /// <summary>Its rows.</summary>
    public ArchiveTables Rows { get; }

    /// <summary>The stream's name.</summary>
    public string Name => Rows.Stream.Name;

    public bool IsCandles => Name == StreamCatalog.MarketKlines.Name;

    /// <summary>True for states beside candles, of which the funding alone is played.</summary>
    public bool IsFunding { get; private init; }

    /// <summary>The tapes of a path; none when it is no archive's.</summary>
    public static IReadOnlyList<ArchiveTape> Of(string path, bool skipBroken, Action<string> tell)
    {
        var (root, only) = (path, (string?)null);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (Directory.Exists(path) && name.StartsWith(ArchiveStream.FolderPrefix, StringComparison.Ordinal))
            (root, only) = (Path.Combine(path, ".."), name[ArchiveStream.FolderPrefix.Length..]);
        if (!ArchiveFolder.Is(root)) return [];
        var archive = new ArchiveFolder(root);
        var candles = Tape(StreamCatalog.MarketKlines, s_candleColumns);
        if (only is not null && only == candles.Name) return [candles];
        if (only is null && candles.Rows.Parts.Count > 0)
            return [candles, Tape(StreamCatalog.MarketData, s_fundingColumns, isFunding: true)];
        if (only is not null && only != StreamCatalog.MarketTick.Name)
        {
            throw new FeedException(
                $"{path}: of an archive {candles.Name} and {StreamCatalog.MarketTick.Name} can be played; name "
                + "one of those "
                + "folders, or the archive.");
        }

        return
        [
            Tape(StreamCatalog.MarketData, s_stateColumns), Tape(StreamCatalog.MarketTick, s_tickColumns),
        ];

        ArchiveTape Tape(EventStream stream, string[] columns, bool isFunding = false) =>
            new(new ArchiveTables(archive.Stream(stream.Name), columns, skipBroken, tell)) { IsFunding = isFunding };
    }

    /// <summary>Every row group; throws <see cref="FeedException"/> where a file cannot be read.</summary>
    public IEnumerable<(ArchivePart Part, ArchiveTable Table)> Tables()
    {
        using var tables = Rows.All().GetEnumerator();
        while (MoveNext(tables)) yield return tables.Current;
    }

    /// <summary>The symbols that its rows name.</summary>
    public IReadOnlyCollection<Symbol> Symbols()
    {
        var found = new SortedSet<Symbol>();
        Span<byte> buffer = stackalloc byte[ArchiveTable.LongestNumber];
        using var tables = Rows.All().GetEnumerator();
        while (MoveNext(tables))
        {
            var table = tables.Current.Table;
            var column = table.Column("symbol");
            for (var row = 0; row < table.Rows; row++)
                if (Symbol.TryParse(table.Text(column, row, buffer), out var symbol)) found.Add(symbol);
        }

        return found;
    }

    private static bool MoveNext(IEnumerator<(ArchivePart, ArchiveTable)> tables)
    {
        try
        {
            return tables.MoveNext();
        }
        catch (ArchiveException fault)
        {
            throw new FeedException(fault.Message);
        }
    }
}
