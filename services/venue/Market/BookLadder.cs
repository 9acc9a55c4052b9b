using Quantum.Roles.Symbols;

namespace Quantum.Venue.Market;

/// <summary>
/// The book of one symbol. Best bid and ask are the feed's. The levels behind them are made up, one a tick, each with
/// a size that hangs on its price alone: a level that stays in the book stays as it is, and what a client keeps by
/// snapshot and differences is what the next snapshot says.
/// </summary>
internal sealed class BookLadder(SymbolFilters filters)
{
    /// <summary>Levels of each side.</summary>
    public const int Levels = 1_000;

    private const decimal TypicalUsd = 20_000;

    /// <summary>Quote currency; 0 before the first price.</summary>
    public decimal Bid { get; private set; }

    /// <summary>Quote currency; 0 before the first price.</summary>
    public decimal Ask { get; private set; }

    /// <summary>Base units.</summary>
    public decimal BidQuantity { get; private set; }

    /// <summary>Base units.</summary>
    public decimal AskQuantity { get; private set; }

    /// <summary>Rises with each change.</summary>
    public long UpdateId { get; private set; } = 1;

    /// <summary>When the feed last said so, UTC epoch ms.</summary>
    public long AtMs { get; private set; }

    public bool IsKnown => Bid > 0;

    /// <summary>The best bid as a level of the book, in ticks.</summary>
    public long BidTicks { get; private set; }

    /// <summary>The best ask as a level of the book, in ticks.</summary>
    public long AskTicks { get; private set; }

    /// <summary>Takes the best bid and ask; a size that the feed does not say is made up.</summary>
    public void Set(long atMs, decimal bid, decimal ask, decimal? bidQuantity = null, decimal? askQuantity = null)
    {
        (Bid, Ask, AtMs) = (bid, ask, atMs);
        // A book crossed or locked for a moment is told as it is, and its ladder stands apart by a tick.
        BidTicks = Math.Max(1, (long)decimal.Floor(bid / filters.TickSize));
        AskTicks = Math.Max(BidTicks + 1, (long)decimal.Ceiling(ask / filters.TickSize));
        BidQuantity = bidQuantity ?? QuantityAt(BidTicks, isBid: true);
        AskQuantity = askQuantity ?? QuantityAt(AskTicks, isBid: false);
        UpdateId++;
    }

    /// <summary>
    /// Numbers a snapshot of its own, as a change far from the touch would: the next difference begins before it.
    /// </summary>
    public long NumberSnapshot() => ++UpdateId;

    public decimal PriceOf(long ticks) => ticks * filters.TickSize;

    /// <summary>Size at a level now; 0 where none is.</summary>
    public decimal SizeAt(long ticks, bool isBid)
    {
        var (top, behind) = isBid ? (BidTicks, BidTicks - ticks) : (AskTicks, ticks - AskTicks);
        if (behind is < 0 or >= Levels || ticks < 1) return 0;
        if (ticks != top) return QuantityAt(ticks, isBid);
        return isBid ? BidQuantity : AskQuantity;
    }

    private decimal QuantityAt(long ticks, bool isBid)
    {
        // Splitmix64: neighbours share nothing.
        var mixed = unchecked(((ulong)ticks << 1 | (isBid ? 1UL : 0)) * 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ mixed >> 27) * 0x94D049BB133111EBUL);
        var share = 0.05m + (mixed ^ mixed >> 31) % 1_000 / 500m;
        return Math.Max(filters.MinQuantity, filters.FloorQuantity(TypicalUsd * share / PriceOf(ticks)));
    }
}
