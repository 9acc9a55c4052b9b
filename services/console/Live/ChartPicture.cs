namespace Quantum.Console.Live;

/// <summary>What the chart of a symbol shows, in the shapes that its script takes.</summary>
/// <param name="Candles">Oldest first.</param>
/// <param name="Marks">Entries and exits, oldest first.</param>
/// <param name="Trades">Its newest closed trades, newest first.</param>
/// <param name="Symbol">Whose.</param>
/// <param name="Newest">The ids of the newest candle, result and trade of all symbols when it was read.</param>
internal sealed record ChartPicture(
    IReadOnlyList<ChartCandle> Candles, IReadOnlyList<ChartMark> Marks, IReadOnlyList<StreamEntry> Trades,
    string Symbol, string Newest)
{
    private const int CandlesRead = 6_000;
    private const int CandlesShown = 500;
    private const int ResultsRead = 1_000;
    private const int TradesRead = 2_000;
    private const int TradesShown = 12;

    private static readonly EventStream[] s_streams =
    [
        StreamCatalog.MarketKlines, StreamCatalog.ExecutionResult, StreamCatalog.MetaRegime, StreamCatalog.TradeClosed,
    ];

    /// <summary>The regimes that its candles have, by name.</summary>
    public IReadOnlyList<string> Regimes { get; } =
        [.. Candles.Select(candle => candle.Regime).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The picture as it is now: the one before where nothing came since.</summary>
    public static ChartPicture Of(SystemRedis look, string symbol, ChartPicture? before)
    {
        var newest = string.Join(' ', s_streams
            .SelectMany(look.Keys.KeysOf).Select(key => look.Last(key)?.Id));
        if (before is not null && before.Symbol == symbol && before.Newest == newest) return before;
        var regimes = RegimeBands.Of(look, symbol);
        var candles = look.Last(StreamCatalog.MarketKlines, CandlesRead).Where(entry => entry["symbol"] == symbol)
            .Take(CandlesShown).Select(entry => ChartCandle.Of(entry, regimes)).OfType<ChartCandle>()
            .DistinctBy(candle => candle.Time).OrderBy(candle => candle.Time).ToList();
        var firstMs = candles.Count > 0 ? candles[0].Time * 1000 : long.MaxValue;
        var marks = look.Last(StreamCatalog.ExecutionResult, ResultsRead)
            .Where(entry => entry["symbol"] == symbol && entry.AtMs >= firstMs)
            .Select(entry => ChartMark.Of(entry, candles)).OfType<ChartMark>().OrderBy(mark => mark.Time).ToList();
        return new ChartPicture(candles, marks, TradesOf(look, symbol), symbol, newest);
    }

    private static IReadOnlyList<StreamEntry> TradesOf(SystemRedis look, string symbol) =>
    [
        .. look.Last(StreamCatalog.TradeClosed, TradesRead).Where(trade => trade["symbol"] == symbol).Take(TradesShown),
    ];
}

/// <summary>A candle; the time is its start in UTC seconds, prices in quote currency.</summary>
/// <param name="Time">Its start, UTC seconds.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Regime">The regime that was told when it ended, by its wire name.</param>
internal sealed record ChartCandle(long Time, double Open, double High, double Low, double Close, string Regime)
{
    /// <summary>Null for an entry that cannot be read.</summary>
    public static ChartCandle? Of(StreamEntry entry, RegimeBands regimes)
    {
        double? Number(string name) => double.TryParse(entry[name], CultureInfo.InvariantCulture, out var value)
            ? value : null;
        return long.TryParse(entry["open_time_ms"], CultureInfo.InvariantCulture, out var ms)
            && (Number("open"), Number("high"), Number("low"), Number("close")) is
                ({ } open, { } high, { } low, { } close)
            ? new ChartCandle(ms / 1000, open, high, low, close,
                regimes.At(long.TryParse(entry["close_time_ms"], CultureInfo.InvariantCulture, out var end) ? end : ms))
            : null;
    }
}

/// <summary>A fill on the chart.</summary>
/// <param name="Time">Start of its candle, UTC seconds.</param>
/// <param name="Position">aboveBar or belowBar.</param>
/// <param name="Shape">arrowUp, arrowDown or circle.</param>
/// <param name="Tone">up, down or none.</param>
/// <param name="Text">What it was.</param>
internal sealed record ChartMark(long Time, string Position, string Shape, string Tone, string Text)
{
    /// <summary>Null where nothing was filled.</summary>
    public static ChartMark? Of(StreamEntry entry, IReadOnlyList<ChartCandle> candles)
    {
        if (!decimal.TryParse(entry["filled_quantity"], CultureInfo.InvariantCulture, out var filled) || filled <= 0)
            return null;
        // Only what has a candle is drawn: the script wants times that it has.
        var candle = candles.LastOrDefault(known => known.Time * 1000 <= entry.AtMs);
        if (candle is null) return null;
        var isBuy = entry["side"] == "BUY";
        return entry["reduce_only"] == "true"
            ? new ChartMark(candle.Time, isBuy ? "belowBar" : "aboveBar", "circle", "none",
                entry["intent_reason"].Length > 0 ? entry["intent_reason"].Replace('_', ' ') : "exit")
            : new ChartMark(candle.Time, isBuy ? "belowBar" : "aboveBar", isBuy ? "arrowUp" : "arrowDown",
                isBuy ? "up" : "down", isBuy ? "long" : "short");
    }
}

/// <summary>A level across the chart.</summary>
/// <param name="Price">Quote currency.</param>
/// <param name="Tone">Name of a colour of the style sheet.</param>
/// <param name="IsDashed">True for what is planned.</param>
internal sealed record ChartLine(double Price, string Title, string Tone, bool IsDashed);
