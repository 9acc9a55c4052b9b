namespace Quantum.Venue.Market;

/// <summary>
/// What changed in a book since a difference stream was last told: every level that the touch, or the far end of the
/// ladder, passed over meanwhile, for a snapshot may have shown it there.
/// </summary>
internal sealed class DepthTrack
{
    private readonly BookLadder _book;
    private (long Low, long High) _bids;
    private (long Low, long High) _asks;

    public DepthTrack(BookLadder book)
    {
        _book = book;
        Restart();
    }

    /// <summary>The last update that was told.</summary>
    public long ToldId { get; private set; }

    public bool HasNews => _book.UpdateId != ToldId;

    /// <summary>Called after each change of the book.</summary>
    public void Changed()
    {
        _bids = (Math.Min(_bids.Low, _book.BidTicks), Math.Max(_bids.High, _book.BidTicks));
        _asks = (Math.Min(_asks.Low, _book.AskTicks), Math.Max(_asks.High, _book.AskTicks));
    }

    /// <summary>Bids that changed, best first, in ticks.</summary>
    public IEnumerable<long> Bids => Passed(-_bids.High, -_bids.Low).Select(ticks => -ticks).Where(ticks => ticks > 0);

    /// <summary>Asks that changed, best first, in ticks.</summary>
    public IEnumerable<long> Asks => Passed(_asks.Low, _asks.High);

    /// <summary>All of it was told.</summary>
    public void Restart()
    {
        ToldId = _book.UpdateId;
        _bids = (_book.BidTicks, _book.BidTicks);
        _asks = (_book.AskTicks, _book.AskTicks);
    }

    // From the side of the touch outwards: what it passed, then what the far end passed.
    private static IEnumerable<long> Passed(long nearest, long farthest)
    {
        const int Last = BookLadder.Levels - 1;
        for (var ticks = nearest; ticks <= farthest; ticks++) yield return ticks;
        for (var ticks = Math.Max(nearest + Last, farthest) + 1; ticks <= farthest + Last; ticks++) yield return ticks;
    }
}
