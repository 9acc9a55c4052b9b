namespace Quantum.Feeds.Recorded;

/// <summary>What one line of a trade tape tells.</summary>
internal enum TapeRecordKind { Trade, Book, Mark }

/// <summary>One line of a trade tape: a trade, the best bid and ask, or the mark price with funding.</summary>
internal readonly record struct TapeRecord
{
    public required TapeRecordKind Kind { get; init; }

    public required RowPlace Place { get; init; }

    /// <summary>What its file is sorted by, UTC epoch ns: the exchange's time, or when it was received.</summary>
    public required long KeyNs { get; init; }

    /// <summary>UTC epoch ms, never before the record before.</summary>
    public long AtMs { get; init; }

    /// <summary>The exchange's number of the trade, which rises; null when the form has none.</summary>
    public long? Id { get; init; }

    /// <summary>Of the line's text and the place in it: equal ones of one moment are the same record.</summary>
    public ulong TextHash { get; init; }

    public Symbol Symbol { get; init; }

    /// <summary>Trade price, or mark price; 0 when a mark is not told.</summary>
    public decimal Price { get; init; }

    /// <summary>Traded base quantity.</summary>
    public decimal Quantity { get; init; }

    public bool? IsBuyerMaker { get; init; }
    public decimal BidPrice { get; init; }
    public decimal AskPrice { get; init; }

    /// <summary>Base units; null when the tape does not say.</summary>
    public decimal? BidQuantity { get; init; }

    /// <summary>Base units; null when the tape does not say.</summary>
    public decimal? AskQuantity { get; init; }

    /// <summary>Per 8 hours, fraction.</summary>
    public double? FundingRate { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public long? NextFundingAtMs { get; init; }

    /// <summary>True when both tell the same trade.</summary>
    public bool IsSameTrade(in TapeRecord other) => AtMs == other.AtMs && Price == other.Price
        && Quantity == other.Quantity && IsBuyerMaker == other.IsBuyerMaker;
}
