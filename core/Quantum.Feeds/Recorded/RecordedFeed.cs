using System.Globalization;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Opens recorded market data, a folder with files per symbol or one file: candles as CSV or Binance kline dumps,
/// aggTrades dumps, raw captures; each as text or gzip. Every line is checked before the first event is told.
/// </summary>
public static class RecordedFeed
{
    private enum TapeKind { Candles, AggTrades, Capture }

    /// <summary>Throws <see cref="FeedException"/> with one line that names what is wrong and the mend.</summary>
    public static IMarketFeed Open(RecordedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.FromMs >= settings.ToMs)
        {
            throw new FeedException(
                $"Feed:From {CandleInterval.TimeText(settings.FromMs.Value)} is not before Feed:To "
                + $"{CandleInterval.TimeText(settings.ToMs.Value)}: swap or widen them.");
        }

        var files = FilesOf(settings.Path);
        var kind = KindOf(files[0]);
        return kind == TapeKind.Capture ? OpenCapture(settings, files) : OpenPerSymbol(settings, files, kind);
    }

    private static TradeFeed OpenCapture(RecordedSettings settings, string[] files)
    {
        CheckKind(files, TapeKind.Capture);
        return new TradeFeed(settings, Identity(settings, settings.Symbols), () => CaptureReader.Read(files));
    }

    private static IMarketFeed OpenPerSymbol(RecordedSettings settings, string[] files, TapeKind kind)
    {
        var bySymbol = new SortedDictionary<Symbol, List<string>>();
        foreach (var file in files)
        {
            var symbol = SymbolOf(file);
            if (settings.Symbols.Count > 0 && !settings.Symbols.Contains(symbol)) continue;
            if (!bySymbol.TryGetValue(symbol, out var list)) bySymbol[symbol] = list = [];
            list.Add(file);
        }

        foreach (var wanted in settings.Symbols.Where(wanted => !bySymbol.ContainsKey(wanted)))
        {
            var there = string.Join(", ", files.Select(SymbolOf).Distinct());
            throw new FeedException(
                $"{settings.Path}: there is no file of {wanted}; it has {there}: "
                + "correct Feed:Symbols.");
        }

        CheckKind([.. bySymbol.Values.SelectMany(list => list)], kind);
        var identity = Identity(settings, bySymbol.Keys);
        return kind == TapeKind.AggTrades
            ? new TradeFeed(settings, identity, [.. bySymbol.Select(Trades)])
            : new CandleFeed(
                settings, identity, [.. bySymbol.Select(pair => KlineTrack.Open(pair.Key, pair.Value, settings))]);

        static Func<IEnumerable<TapeRecord>> Trades(KeyValuePair<Symbol, List<string>> pair) =>
            () => AggTradeReader.Read(pair.Key, pair.Value);
    }

    private static string[] FilesOf(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
            throw new FeedException($"{path}: there is no such file or folder; correct Feed:Path.");
        var files = Directory.GetFiles(path)
            .Where(file => IsTape(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return files.Length > 0 ? files : throw new FeedException(
            $"{path}: holds no .csv, .csv.gz or capture (.gz) file; put SYMBOL.csv files there, or correct Feed:Path.");
    }

    private static bool IsTape(string name) => !name.StartsWith('.')
        && (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));

    private static TapeKind KindOf(string file)
    {
        var line = TapeFile.FirstLine(file);
        if (CaptureReader.Knows(line)) return TapeKind.Capture;
        if (AggTradeReader.Knows(line)) return TapeKind.AggTrades;
        return KlineColumns.Of(line) is not null
            ? TapeKind.Candles
            : throw new RowPlace(file, 1).Fault("header", line, "is no known form", KlineColumns.Expected);
    }

    private static void CheckKind(string[] files, TapeKind kind)
    {
        foreach (var file in files)
        {
            var other = KindOf(file);
            if (other == kind) continue;
            throw new FeedException(
                $"{files[0]} holds {kind}, {file} holds {other}: put them into folders of their own.");
        }
    }

    /// <summary>
    /// The symbol before the first '.', '-' of a file's name: BTCUSDT.csv.gz, BTCUSDT-1m-2025-12.csv.
    /// </summary>
    private static Symbol SymbolOf(string file)
    {
        var name = Path.GetFileName(file);
        var end = name.IndexOfAny(['.', '-']);
        var text = (end < 0 ? name : name[..end]).ToUpperInvariant();
        return Symbol.TryParse(text, out var symbol)
            ? symbol
            : throw new FeedException($"{file}: its name does not begin with a symbol; name it like BTCUSDT.csv.gz.");
    }

    private static string Identity(RecordedSettings settings, IEnumerable<Symbol> symbols) => string.Create(
        CultureInfo.InvariantCulture,
        $"recorded|{Path.GetFullPath(settings.Path)}|{string.Join(',', symbols)}|{settings.FromMs}|{settings.ToMs}|"
        + $"{settings.HistoryCandles}");
}
