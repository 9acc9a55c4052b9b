namespace Quantum.Feeds.Recorded;

/// <summary>
/// Where the columns of a candle file stand: by the names of its header, by the setting, or without a header by the
/// layout of Binance's dumps (12 columns) and of plain exports (time, open, high, low, close, volume[, trades]).
/// </summary>
internal sealed record KlineColumns
{
    private const int DumpColumns = 11;

    private static readonly string[][] s_known =
    [
        [
            "timestamp", "open_time", "opentime", "unix", "unix_timestamp", "ts", "time", "datetime", "date_time",
            "date", "start_time", "candle_begin_time",
        ],
        ["open", "open_price", "o"], ["high", "high_price", "h"], ["low", "low_price", "l"],
        ["close", "close_price", "c"], ["volume", "vol", "base_volume", "v"],
        ["quote_volume", "quote_asset_volume", "quotevolume", "quote_vol"],
        ["trades", "count", "number_of_trades", "trade_count", "tradecount", "num_trades"],
        ["close_time", "closetime", "end_time"],
    ];

    public required bool HasHeader { get; init; }
    public required byte Separator { get; init; }

    /// <summary>Columns of every row.</summary>
    public required int Count { get; init; }

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

    /// <summary>True when the row's last column is one that is read: a line that is cut there looks whole.</summary>
    public bool LastIsRead => Count - 1 is var last
        && (last == Volume || last == Close || last == QuoteVolume || last == Trades || last == CloseTime);

    /// <summary>The columns by the file's first line, or null when it is no candle file.</summary>
    public static KlineColumns? Of(ReadOnlySpan<byte> firstLine, ColumnNames? given)
    {
        var separator = CsvRow.SeparatorOf(firstLine);
        Span<Range> parts = stackalloc Range[CsvRow.MostColumns];
        var count = CsvRow.Split(firstLine, separator, parts);
        var names = new string[count];
        for (var i = 0; i < count; i++) names[i] = Clean(Encoding.UTF8.GetString(CsvRow.Value(firstLine, parts[i])));
        // A time and at least one number: a header of numbers is none.
        var isRow = FeedTime.Read(CsvRow.Value(firstLine, parts[0]), out _) == TimeReading.Good
            || (count > 1 && Array.TrueForAll(names, IsNumber));
        if (given is not null && Given(names, separator, given, isRow) is { } asked) return asked;
        return isRow ? WithoutHeader(firstLine, parts, names, separator) : WithHeader(names, separator);
    }

    private static KlineColumns? WithHeader(string[] names, byte separator) => Made(
        names, separator, hasHeader: true,
        [.. s_known.Select(known => known.Select(name => Array.IndexOf(names, name)).FirstOrDefault(i => i >= 0, -1))]);

    private static KlineColumns? WithoutHeader(
        ReadOnlySpan<byte> line, ReadOnlySpan<Range> parts, string[] names, byte separator)
    {
        if (names.Length is not (6 or 7) && names.Length < DumpColumns) return null;
        var last = names.Length is 6 or 7 ? names.Length : 9;
        for (var i = 1; i < last; i++)
            if (!RowText.TryNumber(CsvRow.Value(line, parts[i]), out _)) return null;
        return Made(names, separator, hasHeader: false, names.Length switch
        {
            6 => [0, 1, 2, 3, 4, 5, -1, -1, -1],
            7 => [0, 1, 2, 3, 4, 5, -1, 6, -1],
            _ => [0, 1, 2, 3, 4, 5, 7, 8, 6],
        });
    }

    private static KlineColumns? Given(string[] names, byte separator, ColumnNames given, bool isRow)
    {
        var at = new int[s_known.Length];
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = -1;
            if (given.Of(ColumnNames.Keys[i]) is { } wanted)
            {
                at[i] = Array.IndexOf(names, Clean(wanted));
                var isNumber = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
                if (at[i] < 0 && isNumber && number >= 1 && number <= names.Length) at[i] = number - 1;
                if (at[i] < 0) return null;
            }
            else
            {
                at[i] = s_known[i].Select(name => Array.IndexOf(names, name)).FirstOrDefault(found => found >= 0, -1);
            }
        }

        return Made(names, separator, !isRow, at);
    }

    private static KlineColumns? Made(string[] names, byte separator, bool hasHeader, int[] at) => at[..6].Min() < 0
        ? null
        : new KlineColumns
        {
            HasHeader = hasHeader, Separator = separator, Count = names.Length, Time = at[0], Open = at[1],
            High = at[2], Low = at[3], Close = at[4], Volume = at[5], QuoteVolume = at[6], Trades = at[7],
                CloseTime = at[8],
        };

    private static bool IsNumber(string name) =>
        name.Length > 0 && (char.IsAsciiDigit(name[0]) || name[0] is '-' or '.');

    private static string Clean(string name) =>
        name.Trim().Trim('"').Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
