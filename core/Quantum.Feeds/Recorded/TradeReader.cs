using System.IO.Hashing;
using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>
/// Reads one file of trades or quotes in separated values, in its own order: a row is selected first, then judged.
/// </summary>
internal sealed class TradeReader(TapePart part, Symbol? symbol, TapeSelection selection, TapeNotes? notes)
{
    private const string Mend = "correct or remove the line";
    private readonly SortedDictionary<string, Symbol?> _known = new(StringComparer.Ordinal);
    private FeedException? _pending;
    private TapeRecord _last;

    public IEnumerable<TapeRecord> Read()
    {
        using var reader = CsvFile.Open(part);
        if (reader.Line == 0) yield break;
        var columns = TradeColumns.Of(reader.Text) ?? throw TapeForms.Unknown(part, reader.Line, reader.Text);
        if (columns.HasHeader && !reader.Next()) yield break;
        do
        {
            if (Take(reader, columns) is { } record) yield return record;
        }
        while (reader.Next());
        Settle(_last.AtMs);
        if (reader.IsCut) notes?.AddCut(part, reader.Line);
    }

    private TapeRecord? Take(LineReader reader, TradeColumns columns)
    {
        var place = new RowPlace(part.Name, reader.Line);
        FeedException? fault = null;
        var record = Parse(in place, columns, reader.Text, ref fault);
        // What is cut in the last value still looks whole.
        if (!reader.IsEnded && (fault is not null || reader.IsCut || columns.Count - 1 == columns.Quantity))
        {
            notes?.AddTorn(in place);
            return null;
        }

        if (fault is not null)
        {
            // A row that cannot say its time stands where its neighbours stand.
            if (record is not { } known) _pending ??= fault;
            else if (!selection.IsOutside(known.AtMs, _last.AtMs)) throw fault;
            else notes?.AddLeftOut(fault);
            return null;
        }

        if (record is not { } row) return null;
        Settle(row.AtMs);
        return InOrder(in row, columns) ? row : null;
    }

    private void Settle(long afterMs)
    {
        if (_pending is not { } fault) return;
        if (selection.MayBeBetween(_last.AtMs, afterMs)) throw fault;
        notes?.AddLeftOut(fault);
        _pending = null;
    }

    private bool InOrder(in TapeRecord row, TradeColumns columns)
    {
        var last = _last;
        var isDump = IsDump(columns);
        // The number of a row outside is not read.
        var rises = row.KeyNs >= last.KeyNs && (!isDump || row.Id is null || last.Id is null || row.Id > last.Id);
        if (last.KeyNs == 0 || rises)
        {
            _last = row;
            return selection.Has(row.AtMs);
        }

        if (isDump && row.Id == last.Id && row.IsSameTrade(in last))
        {
            notes?.AddEqual(row.Place);
            return false;
        }

        var fault = isDump && row.Id == last.Id
            ? row.Place.Fault(
                $"trade {row.Id} is a duplicate of line {last.Place.Line} with other values", "remove one")
            : row.Place.Fault(
                $"{CandleInterval.TimeText(row.AtMs)} is before the line above", "sort the file by time and number");
        if (!selection.IsOutside(row.AtMs, last.AtMs)) throw fault;
        notes?.AddLeftOut(fault);
        return false;
    }

    private static bool IsDump(TradeColumns columns) => columns.Form is TapeForm.AggTrades or TapeForm.Trades;

    /// <summary>Null when it is not asked for, or when its time cannot be read.</summary>
    private TapeRecord? Parse(
        in RowPlace place, TradeColumns columns, ReadOnlySpan<byte> text, ref FeedException? fault)
    {
        Span<Range> parts = stackalloc Range[CsvRow.MostColumns];
        var count = CsvRow.Split(text, (byte)',', parts);
        if (count != columns.Count)
        {
            fault = place.Fault(
                $"the row has {count} columns, {columns.Count} are needed", "complete the line, or remove it");
            // Of a row that is not whole no value is sure, its symbol neither.
            if (columns.Symbol >= 0 || count <= columns.Time) return null;
        }

        if (SymbolIn(columns, text, parts) is not { } name) return null;

        var atMs = RowText.Time(in place, "time", CsvRow.Value(text, parts[columns.Time]), ref fault);
        if (atMs == 0) return null;
        var record = new TapeRecord
        {
            Kind = TapeRecordKind.Trade, Place = place, AtMs = atMs, KeyNs = atMs * 1_000_000, Symbol = name,
        };
        if (fault is not null || selection.IsOutside(atMs, _last.AtMs)) return record;
        if (columns.Key != columns.Time)
        {
            var received = CsvRow.Value(text, parts[columns.Key]);
            record = record with { KeyNs = RowText.TimeNs(in place, "local_timestamp", received, ref fault) };
        }

        if (!IsDump(columns)) record = record with { TextHash = XxHash3.HashToUInt64(text) };

        return columns.Form switch
        {
            TapeForm.BookTicker or TapeForm.TardisBook => Book(record, columns, text, parts, ref fault),
            TapeForm.TardisTicker => Ticker(record, columns, text, parts, ref fault),
            _ => Trade(record, columns, text, parts, ref fault),
        };
    }

    private static TapeRecord? Trade(
        TapeRecord record, TradeColumns columns, ReadOnlySpan<byte> text, ReadOnlySpan<Range> parts,
        ref FeedException? fault)
    {
        var place = record.Place;
        var maker = CsvRow.Value(text, parts[columns.Maker]);
        bool? isMaker = Ascii.EqualsIgnoreCase(maker, "true"u8) || Ascii.EqualsIgnoreCase(maker, "sell"u8) ? true
            : Ascii.EqualsIgnoreCase(maker, "false"u8) || Ascii.EqualsIgnoreCase(maker, "buy"u8) ? false : null;
        if (isMaker is null && !(columns.Form == TapeForm.TardisTrades && maker.SequenceEqual("unknown"u8)))
        {
            fault ??= columns.Form == TapeForm.TardisTrades
                ? place.Fault("side", maker, "is neither buy nor sell nor unknown", Mend)
                : place.Fault("is_buyer_maker", maker, "is neither true nor false", Mend);
        }

        var isDump = columns.Form != TapeForm.TardisTrades;
        return record with
        {
            Id = isDump ? RowText.Whole(in place, "id", CsvRow.Value(text, parts[columns.Id]), ref fault) : null,
            IsBuyerMaker = isMaker,
            Price = RowText.Price(in place, "price", CsvRow.Value(text, parts[columns.Price]), ref fault),
            Quantity = RowText.Quantity(in place, "quantity", CsvRow.Value(text, parts[columns.Quantity]), ref fault),
        };
    }

    private TapeRecord? Book(
        TapeRecord record, TradeColumns columns, ReadOnlySpan<byte> text, ReadOnlySpan<Range> parts,
        ref FeedException? fault)
    {
        var place = record.Place;
        var bid = CsvRow.Value(text, parts[columns.Bid]);
        var ask = CsvRow.Value(text, parts[columns.Ask]);
        if (bid.IsEmpty || ask.IsEmpty)
        {
            notes?.AddPassed("book with one side");
            return null;
        }

        record = record with
        {
            Kind = TapeRecordKind.Book, BidPrice = RowText.Price(in place, "bid", bid, ref fault),
            AskPrice = RowText.Price(in place, "ask", ask, ref fault),
            BidQuantity = SizeAt(columns.BidQuantity, text, parts),
            AskQuantity = SizeAt(columns.AskQuantity, text, parts),
        };
        if (record.AskPrice < record.BidPrice)
            fault ??= place.Fault("ask", ask, $"is below the bid {record.BidPrice}", Mend);
        return record;
    }

    private static decimal? SizeAt(int column, ReadOnlySpan<byte> text, ReadOnlySpan<Range> parts) =>
        column < 0 ? null : RowText.SizeOrNone(CsvRow.Value(text, parts[column]));

    private TapeRecord? Ticker(
        TapeRecord record, TradeColumns columns, ReadOnlySpan<byte> text, ReadOnlySpan<Range> parts,
        ref FeedException? fault)
    {
        var place = record.Place;
        var mark = CsvRow.Value(text, parts[columns.Price]);
        if (mark.IsEmpty)
        {
            notes?.AddPassed("ticker without a mark price");
            return null;
        }

        var rate = CsvRow.Value(text, parts[columns.FundingRate]);
        var dueAt = columns.FundingTime < 0 ? default : CsvRow.Value(text, parts[columns.FundingTime]);
        return record with
        {
            Kind = TapeRecordKind.Mark, Price = RowText.Price(in place, "mark_price", mark, ref fault),
            FundingRate = rate.IsEmpty ? null : (double)RowText.Number(in place, "funding_rate", rate, ref fault),
            NextFundingAtMs = dueAt.IsEmpty ? null : RowText.Time(in place, "funding_timestamp", dueAt, ref fault),
        };
    }

    /// <summary>The row's symbol; null when it is not asked for or cannot be one.</summary>
    private Symbol? SymbolIn(TradeColumns columns, ReadOnlySpan<byte> text, ReadOnlySpan<Range> parts)
    {
        if (columns.Symbol < 0) return symbol;
        var name = Encoding.UTF8.GetString(CsvRow.Value(text, parts[columns.Symbol]));
        if (_known.TryGetValue(name, out var known)) return known;
        if (Symbol.TryParse(name.ToUpperInvariant(), out var found))
            return _known[name] = selection.Has(found) ? found : null;
        if (selection.Symbols.Count == 0) notes?.AddPassed($"symbol '{RowPlace.Shown(Encoding.UTF8.GetBytes(name))}'");
        return null;
    }
}
