using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>One row of a candle file: already checked against itself and against the row before.</summary>
internal readonly record struct KlineRow
{
    public required RowPlace Place { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public required long OpenTimeMs { get; init; }

    /// <summary>Length by the file's close_time column, ms; null when it has none.</summary>
    public long? LengthMs { get; init; }

    public required decimal Open { get; init; }
    public required decimal High { get; init; }
    public required decimal Low { get; init; }
    public required decimal Close { get; init; }
    public required decimal Volume { get; init; }
    public decimal? QuoteVolume { get; init; }
    public long? Trades { get; init; }
}

/// <summary>Reads the candle files of one symbol, one after the other, row by row.</summary>
internal static class KlineReader
{
    private const int MostColumns = 32;

    public static IEnumerable<KlineRow> Read(Symbol symbol, IReadOnlyList<string> files)
    {
        var last = default(KlineRow);
        var count = 0L;
        foreach (var file in files)
        {
            using var reader = TapeFile.Open(file);
            KlineColumns? columns = null;
            for (var line = 1L; reader.ReadLine() is { } text; line++)
            {
                if (string.IsNullOrWhiteSpace(text)) continue;
                var place = new RowPlace(file, line);
                if (columns is null)
                {
                    columns = KlineColumns.Of(text)
                        ?? throw place.Fault("header", text, "is no header of candles", KlineColumns.Expected);
                    if (columns.HasHeader) continue;
                }

                var row = Parse(in place, columns, text);
                if (count++ > 0) CheckOrder(in last, in row);
                last = row;
                yield return row;
            }
        }

        if (count == 0) throw new FeedException(
            $"{files[^1]}: holds no candle of {symbol}; remove it, or fetch it again.");
    }

    private static KlineRow Parse(in RowPlace place, KlineColumns columns, string text)
    {
        Span<Range> parts = stackalloc Range[MostColumns];
        var count = text.AsSpan().Split(parts, ',');
        if (count < columns.Count)
        {
            throw place.Fault(
                $"the row has {count} columns, {columns.Count} are needed", "complete the line, or remove it");
        }

        var row = new KlineRow
        {
            Place = place,
            OpenTimeMs = RowText.Time(in place, "timestamp", Part(text, parts, columns.Time)),
            Open = RowText.Price(in place, "open", Part(text, parts, columns.Open)),
            High = RowText.Price(in place, "high", Part(text, parts, columns.High)),
            Low = RowText.Price(in place, "low", Part(text, parts, columns.Low)),
            Close = RowText.Price(in place, "close", Part(text, parts, columns.Close)),
            Volume = RowText.Quantity(in place, "volume", Part(text, parts, columns.Volume)),
            QuoteVolume = Optional(in place, text, parts, columns.QuoteVolume),
            Trades = columns.Trades < 0 || Part(text, parts, columns.Trades) is [] ? null
                : RowText.Whole(in place, "trades", Part(text, parts, columns.Trades)),
        };
        if (columns.CloseTime >= 0)
        {
            var closeMs = RowText.Time(in place, "close_time", Part(text, parts, columns.CloseTime));
            row = row with { LengthMs = closeMs + 1 - row.OpenTimeMs };
        }

        CheckPrices(in row, text, parts, columns);
        return row;
    }

    private static decimal? Optional(in RowPlace place, string text, Span<Range> parts, int column) =>
        column < 0 || Part(text, parts, column) is [] ? null
            : RowText.Quantity(in place, "quote_volume", Part(text, parts, column));

    private static ReadOnlySpan<char> Part(string text, Span<Range> parts, int column) =>
        text.AsSpan(parts[column]).Trim().Trim('"');

    private static void CheckPrices(in KlineRow row, string text, Span<Range> parts, KlineColumns columns)
    {
        const string Mend = "correct or remove the line";
        if (row.High < row.Low)
            throw row.Place.Fault("high", Part(text, parts, columns.High), $"is below low {row.Low}", Mend);
        if (row.Open < row.Low || row.Open > row.High)
        {
            throw row.Place.Fault(
                "open", Part(text, parts, columns.Open), $"is outside low {row.Low} to high {row.High}", Mend);
        }

        if (row.Close < row.Low || row.Close > row.High)
        {
            throw row.Place.Fault(
                "close", Part(text, parts, columns.Close), $"is outside low {row.Low} to high {row.High}", Mend);
        }
    }

    private static void CheckOrder(in KlineRow last, in KlineRow row)
    {
        if (row.OpenTimeMs > last.OpenTimeMs) return;
        var time = CandleInterval.TimeText(row.OpenTimeMs);
        throw row.OpenTimeMs == last.OpenTimeMs
            ? row.Place.Fault(
                "timestamp", time, $"is a duplicate of line {last.Place.Line}", "remove one of the two lines")
            : row.Place.Fault(
                "timestamp", time, $"is before {CandleInterval.TimeText(last.OpenTimeMs)} of line {last.Place.Line}",
                "sort the file by time");
    }
}
