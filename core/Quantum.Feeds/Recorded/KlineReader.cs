using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>Reads the rows of one file of candles in separated values; faults are kept in the row.</summary>
internal static class KlineReader
{
    public static IEnumerable<KlineRow> Read(TapePart part, ColumnNames? given, TapeNotes? notes)
    {
        using var reader = CsvFile.Open(part);
        if (reader.Line == 0) yield break;
        var columns = KlineColumns.Of(reader.Text, given) ?? throw TapeForms.Unknown(part, reader.Line, reader.Text);
        if (columns.HasHeader && !reader.Next()) yield break;
        var parts = new Range[CsvRow.MostColumns];
        do
        {
            var row = Parse(new RowPlace(part.Name, reader.Line), columns, reader.Text, parts);
            // What is cut in the last value still looks whole.
            if (!reader.IsEnded && (columns.LastIsRead || reader.IsCut || row.Fault is not null))
                row = row with { IsTorn = true };
            yield return row;
        }
        while (reader.Next());
        if (reader.IsCut) notes?.AddCut(part, reader.Line);
    }

    /// <summary>The length of a candle by its two times, ms: the end is its last instant or the next start.</summary>
    public static long LengthOf(long openMs, long closeMs)
    {
        var length = closeMs - openMs;
        foreach (var more in (ReadOnlySpan<long>)[1, 0, 1_000])
            if (CandleInterval.NameOf(length + more) is not null) return length + more;
        return length + 1;
    }

    private static KlineRow Parse(in RowPlace place, KlineColumns columns, ReadOnlySpan<byte> text, Span<Range> parts)
    {
        var count = CsvRow.Split(text, columns.Separator, parts);
        var time = columns.Time < count ? CsvRow.Value(text, parts[columns.Time]) : default;
        var reading = FeedTime.Read(time, out var openMs);
        if (count != columns.Count && !IsPadded(text, parts[..count], columns.Count))
        {
            return new KlineRow
            {
                Place = place, OpenTimeMs = openMs,
                Fault = place.Fault(
                    $"the row has {count} columns, {columns.Count} are needed", "complete the line, or remove it"),
            };
        }

        FeedException? fault = reading == TimeReading.Good ? null : RowText.TimeFault(in place, "timestamp", time,
            reading);
        long? lengthMs = null;
        if (columns.CloseTime >= 0 && CsvRow.Value(text, parts[columns.CloseTime]) is { IsEmpty: false } close)
        {
            var closeMs = RowText.Time(in place, "close_time", close, ref fault);
            if (closeMs <= openMs) fault ??= place.Fault("close_time", close, "is not after the start", Mend);
            lengthMs = LengthOf(openMs, closeMs);
        }

        var row = new KlineRow
        {
            Place = place, OpenTimeMs = openMs, LengthMs = lengthMs,
            Open = RowText.Price(in place, "open", CsvRow.Value(text, parts[columns.Open]), ref fault),
            High = RowText.Price(in place, "high", CsvRow.Value(text, parts[columns.High]), ref fault),
            Low = RowText.Price(in place, "low", CsvRow.Value(text, parts[columns.Low]), ref fault),
            Close = RowText.Price(in place, "close", CsvRow.Value(text, parts[columns.Close]), ref fault),
            Volume = RowText.Quantity(in place, "volume", CsvRow.Value(text, parts[columns.Volume]), ref fault),
            QuoteVolume = columns.QuoteVolume < 0 || CsvRow.Value(text, parts[columns.QuoteVolume]).IsEmpty ? null
                : RowText.Quantity(
                    in place, "quote_volume", CsvRow.Value(text, parts[columns.QuoteVolume]), ref fault),
            Trades = columns.Trades < 0 || CsvRow.Value(text, parts[columns.Trades]).IsEmpty ? null
                : RowText.Whole(in place, "trades", CsvRow.Value(text, parts[columns.Trades]), ref fault),
        };
        fault ??= row.PriceFault();
        return fault is null ? row : row with { Fault = fault };
    }

    private const string Mend = "correct or remove the line";

    private static bool IsPadded(ReadOnlySpan<byte> text, ReadOnlySpan<Range> parts, int wanted)
    {
        if (parts.Length < wanted) return false;
        foreach (var part in parts[wanted..])
            if (!CsvRow.Value(text, part).IsEmpty) return false;
        return true;
    }
}
