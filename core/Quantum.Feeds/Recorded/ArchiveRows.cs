using Quantum.Archive.Files;
using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>Reads an archive's streams as a recording: its values are the entries' own texts.</summary>
internal static class ArchiveRows
{
    private const long NsPerMs = 1_000_000;

    /// <summary>
    /// The candles of one symbol, each once: a market that was started again tells the last ones again.
    /// </summary>
    public static IEnumerable<KlineRow> Candles(ArchiveTape tape, Symbol symbol)
    {
        var lastMs = 0L;
        foreach (var (part, table) in tape.Tables())
        {
            for (var row = 0; row < table.Rows; row++)
            {
                if (Candle(part, table, row, symbol) is not { } candle) continue;
                if (candle.Fault is null && candle.OpenTimeMs <= lastMs) continue;
                if (candle.Fault is null) lastMs = candle.OpenTimeMs;
                yield return candle;
            }
        }
    }

    /// <summary>The trades, quotes or mark prices of a stream, in the order in which they were added.</summary>
    public static IEnumerable<TapeRecord> Ticks(ArchiveTape tape, TapeSelection selection)
    {
        var isTick = tape.Name == StreamCatalog.MarketTick.Name;
        var books = new Dictionary<Symbol, (decimal Bid, decimal Ask)>();
        foreach (var (part, table) in tape.Tables())
        {
            for (var row = 0; row < table.Rows; row++)
            {
                var record = Begun(part, table, row, selection, out var fault);
                if (fault is not null) throw fault;
                if (record is not { } begun) continue;
                if (Book(table, row, begun) is { } book
                    && (!books.TryGetValue(book.Symbol, out var last) || last != (book.BidPrice, book.AskPrice)))
                {
                    books[book.Symbol] = (book.BidPrice, book.AskPrice);
                    yield return book;
                }

                var told = isTick ? Trade(table, row, begun, out fault) : Mark(table, row, begun, out fault);
                if (fault is not null) throw fault;
                if (told is { } sure) yield return sure;
            }
        }
    }

    /// <summary>
    /// The settlements of funding that a stream of states tells, by symbol: of each the rate that was told last before
    /// it.
    /// </summary>
    public static SortedDictionary<Symbol, List<FundingRow>> Funding(ArchiveTape tape)
    {
        var told = new SortedDictionary<Symbol, List<FundingRow>>();
        foreach (var (part, table) in tape.Tables())
        {
            for (var row = 0; row < table.Rows; row++)
            {
                if (Settlement(part, table, row) is not var (symbol, settlement)) continue;
                if (!told.TryGetValue(symbol, out var rows)) told[symbol] = rows = [];
                var last = rows.Count - 1;
                if (last >= 0 && rows[last].AtMs == settlement.AtMs) rows[last] = settlement;
                else rows.Add(settlement);
            }
        }

        return told;
    }

    /// <summary>The key of a stream's first record; null when it has none.</summary>
    public static long? FirstKeyNs(ArchiveTape tape) =>
        tape.Rows.Parts is [var first, ..] ? first.First.Ms * NsPerMs + first.First.Sequence : null;

    private static KlineRow? Candle(ArchivePart part, ArchiveTable table, int row, Symbol symbol)
    {
        Span<byte> buffer = stackalloc byte[ArchiveTable.LongestNumber];
        var its = table.Text(table.Column("symbol"), row, buffer);
        if (!Symbol.TryParse(its, out var named) || named != symbol) return null;
        var place = new RowPlace(part.Path, row + 1);
        FeedException? fault = null;
        var openMs = RowText.Time(in place, "open_time_ms", Text("open_time_ms", buffer), ref fault);
        var closeMs = RowText.Time(in place, "close_time_ms", Text("close_time_ms", buffer), ref fault);
        var candle = new KlineRow
        {
            Place = place, OpenTimeMs = openMs,
            LengthMs = fault is null ? KlineReader.LengthOf(openMs, closeMs) : null,
            Open = RowText.Price(in place, "open", Text("open", buffer), ref fault),
            High = RowText.Price(in place, "high", Text("high", buffer), ref fault),
            Low = RowText.Price(in place, "low", Text("low", buffer), ref fault),
            Close = RowText.Price(in place, "close", Text("close", buffer), ref fault),
            Volume = RowText.Quantity(in place, "volume", Text("volume", buffer), ref fault),
            QuoteVolume = Text("quote_volume", buffer) is { IsEmpty: false } quote
                ? RowText.Quantity(in place, "quote_volume", quote, ref fault) : null,
            Trades = Text("trades", buffer) is { IsEmpty: false } trades
                ? RowText.Whole(in place, "trades", trades, ref fault) : null,
        };
        fault ??= candle.PriceFault();
        return fault is null ? candle : candle with { Fault = fault };

        ReadOnlySpan<byte> Text(string name, Span<byte> into) => table.Text(table.Column(name), row, into);
    }

    private static (Symbol Symbol, FundingRow Row)? Settlement(ArchivePart part, ArchiveTable table, int row)
    {
        Span<byte> buffer = stackalloc byte[ArchiveTable.LongestNumber];
        var rate = table.Text(table.Column("funding_rate"), row, buffer);
        if (rate.IsEmpty) return null;
        FeedException? fault = null;
        var place = new RowPlace(part.Path, row + 1);
        var fraction = RowText.Number(in place, "funding_rate", rate, ref fault);
        var next = table.Text(table.Column("next_funding_at_ms"), row, buffer);
        if (next.IsEmpty) return null;
        var atMs = RowText.Time(in place, "next_funding_at_ms", next, ref fault);
        if (fault is not null) throw fault;
        return Symbol.TryParse(table.Text(table.Column("symbol"), row, buffer), out var symbol)
            ? (symbol, new FundingRow(place, atMs, fraction))
            : throw place.Fault("its symbol cannot be read", "restore the file");
    }

    private static TapeRecord? Begun(
        ArchivePart part, ArchiveTable table, int row, TapeSelection selection, out FeedException? fault)
    {
        Span<byte> buffer = stackalloc byte[ArchiveTable.LongestNumber];
        fault = null;
        var place = new RowPlace(part.Path, row + 1);
        if (!Symbol.TryParse(table.Text(table.Column("symbol"), row, buffer), out var symbol))
        {
            fault = place.Fault("its symbol cannot be read", "restore the file");
            return null;
        }

        if (!selection.Has(symbol)) return null;
        var atMs = RowText.Time(in place, "ts", table.Text(table.Column("ts"), row, buffer), ref fault);
        if (fault is not null || !selection.Has(atMs)) return null;
        var id = table.IdAt(row);
        return new TapeRecord
        {
            Kind = TapeRecordKind.Trade, Place = place, AtMs = atMs, KeyNs = id.Ms * NsPerMs + id.Sequence,
            Symbol = symbol,
            // An archive has each entry once, and a run holds equal ones of one moment for one.
            TextHash = (ulong)HashCode.Combine(id, part.Path),
        };
    }

    private static TapeRecord? Trade(ArchiveTable table, int row, TapeRecord begun, out FeedException? fault)
    {
        Span<byte> buffer = stackalloc byte[ArchiveTable.LongestNumber];
        fault = null;
        var place = begun.Place;
        var maker = table.Text(table.Column("is_buyer_maker"), row, buffer);
        bool? isMaker = maker.IsEmpty ? null : maker.SequenceEqual("true"u8);
        return begun with
        {
            Price = RowText.Price(in place, "price", table.Text(table.Column("price"), row, buffer), ref fault),
            Quantity = RowText.Quantity(
                in place, "quantity", table.Text(table.Column("quantity"), row, buffer), ref fault),
            IsBuyerMaker = isMaker,
        };
    }

    private static TapeRecord? Mark(ArchiveTable table, int row, TapeRecord begun, out FeedException? fault)
    {
        Span<byte> buffer = stackalloc byte[ArchiveTable.LongestNumber];
        fault = null;
        var place = begun.Place;
        var mark = table.Text(table.Column("mark_price"), row, buffer);
        if (mark.IsEmpty) return null;
        var price = RowText.Price(in place, "mark_price", mark, ref fault);
        var rate = table.Text(table.Column("funding_rate"), row, buffer);
        double? funding = rate.IsEmpty ? null
            : (double)RowText.Number(in place, "funding_rate", rate, ref fault);
        var next = table.Text(table.Column("next_funding_at_ms"), row, buffer);
        return begun with
        {
            Kind = TapeRecordKind.Mark, Price = price, FundingRate = funding, TextHash = ~begun.TextHash,
            NextFundingAtMs = next.IsEmpty ? null : RowText.Time(in place, "next_funding_at_ms", next, ref fault),
        };
    }

    private static TapeRecord? Book(ArchiveTable table, int row, TapeRecord begun)
    {
        Span<byte> buffer = stackalloc byte[ArchiveTable.LongestNumber];
        if (!RowText.TryNumber(table.Text(table.Column("bid_price"), row, buffer), out var bid)) return null;
        if (!RowText.TryNumber(table.Text(table.Column("ask_price"), row, buffer), out var ask)) return null;
        return begun with
        {
            Kind = TapeRecordKind.Book, BidPrice = bid, AskPrice = ask, TextHash = begun.TextHash ^ 0x9E3779B97F4A7C15,
        };
    }
}
