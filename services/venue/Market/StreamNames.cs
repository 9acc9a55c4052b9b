namespace Quantum.Venue.Market;

/// <summary>The names of one symbol's streams, made once, and which address each belongs to.</summary>
internal sealed class StreamNames(string symbol)
{
    public const string AllBookTickers = "!bookTicker";
    public const string AllMarks = "!markPrice@arr";
    public const string AllMarksEachSecond = "!markPrice@arr@1s";
    public const string AllTickers = "!ticker@arr";
    public const string AllMiniTickers = "!miniTicker@arr";
    public const string AllForcedOrders = "!forceOrder@arr";

    private const string Continuous = "_perpetual@continuousKline_";

    private static readonly string[] s_publicEnds =
    [
        "bookTicker", "trade", "depth", "depth@100ms", "depth@250ms", "depth@500ms",
        .. from levels in (string[])["5", "10", "20"]
           from pace in (string[])["", "@100ms", "@250ms", "@500ms"]
           select $"depth{levels}{pace}",
    ];

    private static readonly string[] s_marketEnds =
        ["aggTrade", "markPrice", "markPrice@1s", "ticker", "miniTicker", "forceOrder"];

    private static readonly string[] s_marketWide =
        [AllMarks, AllMarksEachSecond, AllTickers, AllMiniTickers, AllForcedOrders, "!contractInfo"];

    /// <summary>The symbol as streams spell it, in lower case.</summary>
    public string Symbol { get; } = symbol.ToLowerInvariant();

    public string BookTicker { get; } = symbol.ToLowerInvariant() + "@bookTicker";

    public string Trade { get; } = symbol.ToLowerInvariant() + "@trade";

    public string AggregateTrade { get; } = symbol.ToLowerInvariant() + "@aggTrade";

    public string Mark { get; } = symbol.ToLowerInvariant() + "@markPrice";

    public string MarkEachSecond { get; } = symbol.ToLowerInvariant() + "@markPrice@1s";

    public string Ticker { get; } = symbol.ToLowerInvariant() + "@ticker";

    public string MiniTicker { get; } = symbol.ToLowerInvariant() + "@miniTicker";

    public string ForcedOrder { get; } = symbol.ToLowerInvariant() + "@forceOrder";

    /// <summary>The address that a stream belongs to; null when no symbol of ours has it.</summary>
    public static StreamGroup? GroupOf(string stream, Func<string, SymbolMarket?> find)
    {
        if (stream == AllBookTickers) return StreamGroup.Public;
        if (Array.IndexOf(s_marketWide, stream) >= 0) return StreamGroup.Market;
        var (symbol, end) = Split(stream);
        if (find(symbol) is null) return null;
        if (Array.IndexOf(s_publicEnds, end) >= 0) return StreamGroup.Public;
        return Array.IndexOf(s_marketEnds, end) >= 0 || IntervalOf(stream) is not null ? StreamGroup.Market : null;
    }

    /// <summary>A stream's symbol in lower case, and the rest of its name.</summary>
    public static (string Symbol, string End) Split(string stream)
    {
        var at = stream.IndexOf(Continuous, StringComparison.Ordinal);
        if (at >= 0) return (stream[..at], stream[(at + 1)..]);
        at = stream.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? ("", stream) : (stream[..at], stream[(at + 1)..]);
    }

    /// <summary>The length of a candle stream, and whether it is a pair's; null when it is none.</summary>
    public static (KlineInterval Interval, bool IsContinuous)? IntervalOf(string stream)
    {
        var isContinuous = stream.Contains(Continuous, StringComparison.Ordinal);
        var mark = isContinuous ? Continuous : "@kline_";
        var at = stream.IndexOf(mark, StringComparison.Ordinal);
        return at >= 0 && KlineInterval.Find(stream[(at + mark.Length)..]) is { } interval
            ? (interval, isContinuous)
            : null;
    }
}
