namespace Quantum.Feeds.Recorded;

/// <summary>
/// Where the columns of a candle file stand, from its header or from the layout of Binance's public dumps.
/// </summary>
internal sealed record KlineColumns
{
    private const int DumpColumns = 12;

    public const string Expected =
        "expected timestamp,open,high,low,close,volume[,quote_volume,trades], "
        + "or the 12 columns of a Binance kline dump";

    public required bool HasHeader { get; init; }
    public required int Time { get; init; }
    public required int Open { get; init; }
    public required int High { get; init; }
    public required int Low { get; init; }
    public required int Close { get; init; }
    public required int Volume { get; init; }

    /// <summary>-1: the file has no such column, as for the ones below.</summary>
    public required int QuoteVolume { get; init; }

    public required int Trades { get; init; }
    public required int CloseTime { get; init; }

    /// <summary>How many columns a row has at least.</summary>
    public int Count => 1 + new[] { Time, Open, High, Low, Close, Volume, QuoteVolume, Trades, CloseTime }.Max();

    /// <summary>The columns by the file's first line, or null when it is no candle file.</summary>
    public static KlineColumns? Of(string firstLine)
    {
        var names = firstLine.Split(',').Select(Clean).ToArray();
        if (names.Length >= DumpColumns && names.All(name => name.Length > 0 && (char.IsDigit(name[0]))))
        {
            return new KlineColumns
            {
                HasHeader = false, Time = 0, Open = 1, High = 2, Low = 3, Close = 4, Volume = 5, CloseTime = 6,
                QuoteVolume = 7, Trades = 8,
            };
        }

        int Find(params ReadOnlySpan<string> known)
        {
            foreach (var name in known)
            {
                var index = Array.IndexOf(names, name);
                if (index >= 0) return index;
            }

            return -1;
        }

        var columns = new KlineColumns
        {
            HasHeader = true, Time = Find("timestamp", "open_time"), Open = Find("open"), High = Find("high"),
            Low = Find("low"), Close = Find("close"), Volume = Find("volume"), QuoteVolume = Find("quote_volume"),
            Trades = Find("trades", "count"), CloseTime = Find("close_time"),
        };
        var isWhole = columns is { Time: >= 0, Open: >= 0, High: >= 0, Low: >= 0, Close: >= 0, Volume: >= 0 };
        return isWhole ? columns : null;
    }

    private static string Clean(string name) => name.Trim().Trim('"', '\uFEFF').ToLowerInvariant();
}
