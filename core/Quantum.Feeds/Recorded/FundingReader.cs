using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>One settlement of funding.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="AtMs">When it is paid, UTC epoch ms, whole minutes.</param>
/// <param name="Rate">Fraction of notional; positive: longs pay.</param>
internal readonly record struct FundingRow(RowPlace Place, long AtMs, decimal Rate);

/// <summary>
/// Reads funding rates: Binance's dumps (calc_time, funding_interval_hours, last_funding_rate), exports of its answers
/// (symbol, fundingTime, fundingRate) and freqtrade's tables. Few rows, so all of a symbol are held.
/// </summary>
internal static class FundingReader
{
    private const long MinuteMs = CandleInterval.MinuteMs;

    private static readonly string[] s_times = ["calc_time", "fundingtime", "funding_time"];
    private static readonly string[] s_rates = ["last_funding_rate", "fundingrate", "funding_rate"];

    public static bool Knows(ReadOnlySpan<byte> header) => ColumnsOf(header) is not null;

    /// <summary>All settlements of one symbol in order of time, equal ones once.</summary>
    public static FundingRow[] Read(
        IReadOnlyList<TapePart> parts, Symbol symbol, TapeSelection selection, TapeNotes notes)
    {
        var rows = parts.SelectMany(part => part.Funding ?? Rows(part, symbol, selection, notes))
            .OrderBy(row => row.AtMs)
            .ToList();
        for (var i = rows.Count - 1; i > 0; i--)
        {
            if (rows[i].AtMs != rows[i - 1].AtMs) continue;
            if (rows[i].Rate != rows[i - 1].Rate)
            {
                throw rows[i].Place.Fault(
                    FormattableString.Invariant($"the funding rate is {rows[i].Rate}, but {rows[i - 1].Rate} in ")
                    + rows[i - 1].Place, "remove one of the two");
            }

            notes.AddEqual(rows[i].Place);
            rows.RemoveAt(i);
        }

        return [.. rows];
    }

    private static IEnumerable<FundingRow> Rows(
        TapePart part, Symbol symbol, TapeSelection selection, TapeNotes notes)
    {
        var rows = part.Is(".feather") ? TableReader.Feather(part, isFunding: true)
            : part.Is(".json") || part.Is(".json.gz") ? TableReader.Json(part, isFunding: true) : Text(part, symbol);
        foreach (var row in rows)
        {
            if (row.IsTorn)
            {
                notes.AddTorn(row.Place);
            }
            else if (row.Fault is { } fault)
            {
                if (row.OpenTimeMs == 0 || !selection.IsOutside(row.OpenTimeMs, row.OpenTimeMs)) throw fault;
                notes.AddLeftOut(fault);
            }
            else
            {
                // It is calculated some ms after the hour for which it is paid.
                yield return new FundingRow(row.Place, row.OpenTimeMs / MinuteMs * MinuteMs, row.Open);
            }
        }
    }

    private static IEnumerable<KlineRow> Text(TapePart part, Symbol symbol)
    {
        using var reader = CsvFile.Open(part);
        if (reader.Line == 0 || ColumnsOf(reader.Text) is not { } columns) yield break;
        while (reader.Next())
        {
            if (Parse(new RowPlace(part.Name, reader.Line), columns, reader.Text, symbol) is { } row)
                yield return row with { IsTorn = !reader.IsEnded };
        }
    }

    private static KlineRow? Parse(
        in RowPlace place, (int Time, int Rate, int Symbol, int Count) columns, ReadOnlySpan<byte> text, Symbol symbol)
    {
        Span<Range> parts = stackalloc Range[CsvRow.MostColumns];
        var count = CsvRow.Split(text, (byte)',', parts);
        if (count != columns.Count)
        {
            return new KlineRow
            {
                Place = place,
                Fault = place.Fault(
                    $"the row has {count} columns, {columns.Count} are needed", "complete the line, or remove it"),
            };
        }

        if (columns.Symbol >= 0 && Encoding.UTF8.GetString(CsvRow.Value(text, parts[columns.Symbol])) != symbol.Name)
            return null;
        FeedException? fault = null;
        return new KlineRow
        {
            Place = place,
            OpenTimeMs = RowText.Time(in place, "time", CsvRow.Value(text, parts[columns.Time]), ref fault),
            Open = RowText.Number(in place, "funding rate", CsvRow.Value(text, parts[columns.Rate]), ref fault),
            Fault = fault,
        };
    }

    private static (int Time, int Rate, int Symbol, int Count)? ColumnsOf(ReadOnlySpan<byte> header)
    {
        Span<Range> parts = stackalloc Range[CsvRow.MostColumns];
        var names = new string[CsvRow.Split(header, (byte)',', parts)];
        for (var i = 0; i < names.Length; i++)
            names[i] = Encoding.UTF8.GetString(CsvRow.Value(header, parts[i])).ToLowerInvariant();
        var time = Array.FindIndex(names, name => s_times.Contains(name));
        var rate = Array.FindIndex(names, name => s_rates.Contains(name));
        return time < 0 || rate < 0 ? null : (time, rate, Array.IndexOf(names, "symbol"), names.Length);
    }
}
