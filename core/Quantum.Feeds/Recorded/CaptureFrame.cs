namespace Quantum.Feeds.Recorded;

/// <summary>The members of one websocket frame that are of use here.</summary>
internal readonly ref struct CaptureFrame
{
    private readonly ReadOnlySpan<byte> _price;
    private readonly ReadOnlySpan<byte> _quantity;
    private readonly ReadOnlySpan<byte> _maker;
    private readonly ReadOnlySpan<byte> _bid;
    private readonly ReadOnlySpan<byte> _ask;
    private readonly ReadOnlySpan<byte> _bidQuantity;
    private readonly ReadOnlySpan<byte> _askQuantity;
    private readonly ReadOnlySpan<byte> _tradedAt;
    private readonly ReadOnlySpan<byte> _sentAt;
    private readonly ReadOnlySpan<byte> _rate;

    public CaptureFrame(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> how = default;
        var members = new JsonMembers(json);
        while (members.Next(out var name, out var value))
        {
            if (name.Length != 1) continue;
            switch ((char)name[0])
            {
                case 'e': Kind = value; break;
                case 's': SymbolText = value; break;
                case 'p': _price = value; break;
                case 'q': _quantity = value; break;
                case 'm': _maker = value; break;
                case 'b': _bid = value; break;
                case 'a': _ask = value; break;
                case 'B': _bidQuantity = value; break;
                case 'A': _askQuantity = value; break;
                case 'T': _tradedAt = value; break;
                case 'E': _sentAt = value; break;
                case 'r': _rate = value; break;
                case 'X': how = value; break;
            }
        }

        IsBroken = members.IsBroken;
        // Spot's bookTicker has no event name.
        IsBook = Kind.SequenceEqual("bookTicker"u8)
            || (Kind.IsEmpty && !_bid.IsEmpty && !_ask.IsEmpty && !SymbolText.IsEmpty);
        IsMark = Kind.SequenceEqual("markPriceUpdate"u8);
        // X=NA is no trade of the market: its price and quantity are 0.
        IsTrade = (Kind.SequenceEqual("trade"u8) || Kind.SequenceEqual("aggTrade"u8)) && !how.SequenceEqual("NA"u8);
    }

    public bool IsBroken { get; }

    public ReadOnlySpan<byte> Kind { get; }

    public ReadOnlySpan<byte> SymbolText { get; }

    public bool IsKnown => IsBook || IsMark || IsTrade;

    private bool IsBook { get; }

    private bool IsMark { get; }

    private bool IsTrade { get; }

    /// <summary>The record with what the frame tells, its time first.</summary>
    public TapeRecord Read(TapeRecord record, long receivedMs, ref FeedException? fault)
    {
        var place = record.Place;
        record = record with { AtMs = AtMs(in place, receivedMs, ref fault) };
        if (IsBook)
        {
            record = record with
            {
                Kind = TapeRecordKind.Book, BidPrice = RowText.Price(in place, "b", _bid, ref fault),
                AskPrice = RowText.Price(in place, "a", _ask, ref fault),
                BidQuantity = RowText.SizeOrNone(_bidQuantity), AskQuantity = RowText.SizeOrNone(_askQuantity),
            };
            if (record.AskPrice < record.BidPrice)
                fault ??= place.Fault("a", _ask, $"is an ask below the bid {record.BidPrice}", "remove the line");
            return record;
        }

        if (IsMark)
        {
            return record with
            {
                Kind = TapeRecordKind.Mark, Price = RowText.Price(in place, "p", _price, ref fault),
                FundingRate = _rate.IsEmpty ? null : (double)RowText.Number(in place, "r", _rate, ref fault),
                NextFundingAtMs = _tradedAt.IsEmpty || _tradedAt.SequenceEqual("0"u8) ? null
                    : RowText.Time(in place, "T", _tradedAt, ref fault),
            };
        }

        bool? isMaker = _maker.SequenceEqual("true"u8) ? true : _maker.SequenceEqual("false"u8) ? false : null;
        if (isMaker is null && !_maker.IsEmpty)
            fault ??= place.Fault("m", _maker, "is neither true nor false", "remove the line");
        return record with
        {
            Kind = TapeRecordKind.Trade, Price = RowText.Price(in place, "p", _price, ref fault),
            Quantity = RowText.Quantity(in place, "q", _quantity, ref fault),
            IsBuyerMaker = isMaker,
        };
    }

    // For a mark price T is when funding falls due.
    private long AtMs(in RowPlace place, long receivedMs, ref FeedException? fault) =>
        !IsMark && !_tradedAt.IsEmpty ? RowText.Time(in place, "T", _tradedAt, ref fault)
        : !_sentAt.IsEmpty ? RowText.Time(in place, "E", _sentAt, ref fault)
        : receivedMs;
}
