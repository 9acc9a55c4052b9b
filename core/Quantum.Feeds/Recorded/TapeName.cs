using System.Text.RegularExpressions;
using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// What the name of a file and of the folders around it tell: <c>BTCUSDT.csv.gz</c>, <c>BTCUSDT-1m-2025-12.zip</c>,
/// <c>BTC_USDT_USDT-5m-futures.feather</c>, <c>BTC-USDT.csv</c>, <c>klines/BTCUSDT/1m/2025-12.csv</c>.
/// </summary>
internal static partial class TapeName
{
    private const string Quotes = "USDT|USDC|BUSD|FDUSD|TUSD|USD|BTC|ETH|BNB|EUR|TRY";

    private static readonly string[] s_noSymbols =
    [
        "DATA", "KLINE", "KLINES", "CANDLE", "CANDLES", "OHLCV", "OHLC", "TRADE", "TRADES", "AGGTRADES", "HISTORY",
        "PRICES", "QUOTES", "BOOK", "BOOKS", "EXPORT", "CAPTURE", "BINANCE", "FUTURES", "SPOT", "MARKET", "README",
    ];

    private static readonly string[] s_useless =
    [
        "indexpriceklines", "premiumindexklines", "metrics", "bookdepth", "liquidationsnapshot", "liquidations",
        "index", "premiumindex",
    ];

    /// <summary>
    /// The symbol, or null when neither the name nor a folder up to the root tells one; sure when it ends with a
    /// currency in which symbols are quoted, for a file may be called anything.
    /// </summary>
    public static (Symbol? Symbol, bool IsSure) SymbolOf(TapePart part, string root)
    {
        string[] own = part.Entry is null ? [part.FileName] : [part.FileName, Path.GetFileName(part.Path)];
        foreach (var name in own)
            if (Pair(Stem(name)) is { } symbol) return (symbol, true);
        // A folder may have any name: only one that is wholly a symbol of a usual quote is taken for one.
        foreach (var name in Names(part, root))
            if (Folder().IsMatch(name.ToUpperInvariant()) && Pair(name.ToUpperInvariant()) is { } symbol)
                return (symbol, true);
        return (own.Select(name => Alone(Stem(name))).FirstOrDefault(symbol => symbol is not null), false);
    }

    /// <summary>The length of the candles, ms, or null when no name tells it.</summary>
    public static long? IntervalOf(TapePart part, string root) =>
        Names(part, root).Prepend(part.FileName)
            .Select(name => Words(name).Select(CandleInterval.Of).FirstOrDefault(ms => ms is not null))
            .FirstOrDefault(ms => ms is not null);

    /// <summary>The form when only the name tells it: mark prices and freqtrade's funding look like candles.</summary>
    public static TapeForm? KindOf(TapePart part)
    {
        var words = AllWords(part);
        return words.Contains("markpriceklines") || words.Contains("mark") ? TapeForm.MarkCandles
            : words.Contains("fundingrate") || words.Contains("funding_rate") ? TapeForm.Funding : null;
    }

    /// <summary>True for what the download scripts fetch beside and nothing here has a use for.</summary>
    public static bool IsUseless(TapePart part)
    {
        var words = AllWords(part);
        var isTable = part.Is(".json") || part.Is(".feather");
        return Array.Exists(s_useless, words.Contains) || (isTable && words.Contains("trades"));
    }

    // The folders of one's own say nothing of the form: only those that the download scripts make.
    private static HashSet<string> AllWords(TapePart part) =>
    [
        .. Words(part.FileName.Replace("funding_rate", "fundingrate", StringComparison.OrdinalIgnoreCase)),
        .. (Path.GetDirectoryName(Path.GetFullPath(part.Path)) ?? "").Split('/', '\\')
            .Where(name => name.Length > 8)
            .Select(name => name.ToLowerInvariant())
            .Where(name => name is "markpriceklines" or "fundingrate" || s_useless.Contains(name)),
    ];

    private static IEnumerable<string> Words(string name) =>
        name.Split('-', '.', '_', ' ').Select(word => CandleInterval.Of(word) is null ? word.ToLowerInvariant() : word);

    /// <summary>The zip's own name and the folders from the file up to the root, the nearest first.</summary>
    private static IEnumerable<string> Names(TapePart part, string root)
    {
        if (part.Entry is not null) yield return Path.GetFileName(part.Path);
        var top = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var folder = Path.GetDirectoryName(Path.GetFullPath(part.Path));
        while (folder is not null && folder.StartsWith(top, StringComparison.Ordinal))
        {
            yield return Path.GetFileName(folder);
            folder = Path.GetDirectoryName(folder);
        }
    }

    private static string Stem(string name)
    {
        var end = name.IndexOf('.', StringComparison.Ordinal);
        return (end < 0 ? name : name[..end]).ToUpperInvariant();
    }

    private static Symbol? Pair(string stem)
    {
        var pair = TwoParts().Match(stem);
        if (pair.Success && !s_noSymbols.Contains(pair.Groups["coin"].Value))
        {
            var day = pair.Groups["day"].Value;
            return Made(pair.Groups["coin"].Value + pair.Groups["quote"].Value + (day.Length > 0 ? "_" + day : ""));
        }

        var dated = Dated().Match(stem);
        if (dated.Success) return Made(dated.Value);
        var word = stem.Split('-', '_', ' ', ',').FirstOrDefault(word => Whole().IsMatch(word));
        return word is null ? null : Made(word);
    }

    private static Symbol? Alone(string stem)
    {
        var end = stem.IndexOf('-', StringComparison.Ordinal);
        var word = end < 0 ? stem : stem[..end];
        var isName = word.Any(char.IsLetter) && !s_noSymbols.Contains(word)
            && CandleInterval.Of(word.ToLowerInvariant()) is null;
        return isName ? Made(word) : null;
    }

    private static Symbol? Made(string text) => Symbol.TryParse(text, out var symbol) ? symbol : null;

    [GeneratedRegex(
        $@"^(?<coin>[\p{{L}}\p{{M}}\p{{N}}]+)[-_](?<quote>{Quotes})([-_]({Quotes}))?(-(?<day>\d{{6}}))?(?=$|[-_ ])")]
    private static partial Regex TwoParts();

    [GeneratedRegex($@"^[\p{{L}}\p{{M}}\p{{N}}]+(?:{Quotes})_(?:\d{{6}}|PERP)(?=$|[-_ ])")]
    private static partial Regex Dated();

    [GeneratedRegex(@"^[\p{L}\p{M}\p{N}]+[-_]?(?:USDT|USDC|BUSD|FDUSD|USD)(?:_(?:\d{6}|PERP|USDT|USDC))?$")]
    private static partial Regex Folder();

    [GeneratedRegex($@"^[\p{{L}}\p{{M}}\p{{N}}]+(?:{Quotes})$")]
    private static partial Regex Whole();
}
