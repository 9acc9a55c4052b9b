using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Reads tables of candles as freqtrade and CCXT write them: feather, and JSON of
/// <c>[[time, open, high, low, close, volume], …]</c>, also with the 11 or 12 columns in which Binance answers. In a
/// table of funding rates the rate is in the first column behind the time.
/// </summary>
internal static class TableReader
{
    private const string Mend = "fetch the file again";

    public static IEnumerable<KlineRow> Json(TapePart part, bool isFunding)
    {
        byte[] all;
        using (var bytes = TapeBytes.Open(part)) all = bytes.ReadAll().ToArray();
        var from = all.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        var end = from + all.AsSpan(from).TrimEnd(JsonScan.Blanks).Length;
        for (var number = 1L; from < end; number++)
        {
            var row = NextJson(all.AsSpan(from, end - from), new RowPlace(part.Name, number), isFunding, out var left);
            if (row is null) yield break;
            yield return row.Value;
            if (row.Value.IsTorn) yield break;
            from = end - left;
        }
    }

    public static IEnumerable<KlineRow> Feather(TapePart part, bool isFunding)
    {
        var table = FeatherTable.Read(part);
        var open = Column(part, table, "open");
        var high = isFunding ? open : Column(part, table, "high");
        var low = isFunding ? open : Column(part, table, "low");
        var close = isFunding ? open : Column(part, table, "close");
        var volume = isFunding ? open : Column(part, table, "volume");
        for (var i = 0; i < table.TimesNs.Count; i++)
        {
            var place = new RowPlace(part.Name, i + 1);
            FeedException? fault = null;
            if (table.TimesNs[i] is not { } atNs)
            {
                atNs = 0;
                fault = place.Fault("its time is not between 2009 and 2100", Mend);
            }

            var row = new KlineRow { Place = place, OpenTimeMs = atNs / 1_000_000, Open = Number("open", open) };
            if (!isFunding)
            {
                row = row with
                {
                    High = Number("high", high), Low = Number("low", low), Close = Number("close", close),
                    Volume = Number("volume", volume),
                };
            }

            yield return Whole(row with { Fault = fault }, isFunding);

            decimal Number(string name, IReadOnlyList<double> column)
            {
                if (RowText.TryNumber(column[i], out var value)) return value;
                fault ??= place.Fault(name, column[i].ToString(CultureInfo.InvariantCulture), "is no number", Mend);
                return 0;
            }
        }
    }

    private static IReadOnlyList<double> Column(TapePart part, FeatherTable table, string name) =>
        table.Of(name) is { } column && column.Count == table.TimesNs.Count ? column
            : throw new FeedException(
                $"{part}: has no column '{name}' of numbers (it has {string.Join(", ", table.Names)}); "
                + "freqtrade's candles have date, open, high, low, close and volume.");

    private static KlineRow? NextJson(ReadOnlySpan<byte> all, in RowPlace place, bool isFunding, out int left)
    {
        var rest = all;
        var isThere = JsonScan.NextItem(ref rest, out var item);
        left = rest.Length;
        if (isThere) return ParseJson(in place, item, isFunding);
        if (rest.IsEmpty) return null;
        // Behind what is broken no row can be told from another.
        left = 0;
        return new KlineRow
        {
            // Of a file that was cut one row is left without its end, not several.
            Place = place, IsTorn = place.Line > 1 && all.LastIndexOf((byte)'[') <= 2,
            Fault = place.Fault("row", all, "is no row of a table", Mend),
        };
    }

    private static KlineRow ParseJson(in RowPlace place, ReadOnlySpan<byte> item, bool isFunding)
    {
        FeedException? fault = null;
        var row = new KlineRow { Place = place };
        var rest = item;
        var count = 0;
        for (; JsonScan.NextItem(ref rest, out var value); count++)
        {
            row = count switch
            {
                0 => row with { OpenTimeMs = RowText.Time(in place, "time", value, ref fault) },
                1 => row with { Open = RowText.Number(in place, "open", value, ref fault) },
                2 when !isFunding => row with { High = RowText.Number(in place, "high", value, ref fault) },
                3 when !isFunding => row with { Low = RowText.Number(in place, "low", value, ref fault) },
                4 when !isFunding => row with { Close = RowText.Number(in place, "close", value, ref fault) },
                5 when !isFunding => row with { Volume = RowText.Number(in place, "volume", value, ref fault) },
                6 when !isFunding && FeedTime.Read(value, out var closeMs) == TimeReading.Good =>
                    row with { LengthMs = KlineReader.LengthOf(row.OpenTimeMs, closeMs) },
                7 when !isFunding && RowText.TryNumber(value, out var quote) => row with { QuoteVolume = quote },
                _ => row,
            };
        }

        if (!rest.IsEmpty || count < (isFunding ? 2 : 6))
            fault ??= place.Fault("row", item, "is no row of time, open, high, low, close and volume", Mend);
        return Whole(row with { Fault = fault }, isFunding);
    }

    private static KlineRow Whole(in KlineRow row, bool isFunding)
    {
        if (isFunding || row.Fault is not null) return row;
        if (row.Low <= 0) return row with { Fault = row.Place.Fault($"low {row.Low} is not a price above 0", Mend) };
        return row.Volume < 0
            ? row with { Fault = row.Place.Fault($"volume {row.Volume} is below 0", Mend) }
            : row with { Fault = row.PriceFault() };
    }
}
