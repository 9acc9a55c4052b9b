using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>What one line of a trade tape tells.</summary>
internal enum TapeRecordKind { Ignored, Trade, Book, Mark }

/// <summary>One line of a trade tape: a trade, the best bid and ask, or the mark price with funding.</summary>
internal readonly record struct TapeRecord
{
    public required TapeRecordKind Kind { get; init; }

    /// <summary>UTC epoch ms, never before the record before.</summary>
    public long AtMs { get; init; }

    public Symbol Symbol { get; init; }

    /// <summary>Trade or mark price.</summary>
    public decimal Price { get; init; }

    /// <summary>Traded base quantity.</summary>
    public decimal Quantity { get; init; }

    public bool? IsBuyerMaker { get; init; }
    public decimal BidPrice { get; init; }
    public decimal AskPrice { get; init; }

    /// <summary>Per 8 hours, fraction.</summary>
    public double? FundingRate { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public long? NextFundingAtMs { get; init; }
}
