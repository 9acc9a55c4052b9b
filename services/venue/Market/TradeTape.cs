namespace Quantum.Venue.Market;

/// <summary>One trade.</summary>
/// <param name="Id">The venue's number, from 1 on.</param>
/// <param name="AtMs">UTC epoch ms.</param>
/// <param name="Price">Quote currency.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="IsBuyerMaker">Whether the buyer's order rested in the book.</param>
internal readonly record struct Trade(long Id, long AtMs, decimal Price, decimal Quantity, bool IsBuyerMaker);

/// <summary>Trades of one moment, price and side as one.</summary>
/// <param name="Id">The venue's number, from 1 on.</param>
/// <param name="Whole">Their time, price, side and whole quantity, numbered as the first of them.</param>
/// <param name="LastId">The last of them.</param>
internal readonly record struct AggregateTrade(long Id, Trade Whole, long LastId);

/// <summary>The newest trades of one symbol, each by itself and as aggregates.</summary>
internal sealed class TradeTape
{
    private const int Most = 50_000;

    private AggregateTrade _open;

    /// <summary>Oldest first.</summary>
    public Recent<Trade> Trades { get; } = new(Most);

    /// <summary>Those that are over, oldest first.</summary>
    public Recent<AggregateTrade> Aggregates { get; } = new(Most);

    /// <summary>The last trade's number; 0 before the first.</summary>
    public long LastId { get; private set; }

    public Trade Add(long atMs, decimal price, decimal quantity, bool isBuyerMaker)
    {
        var trade = new Trade(++LastId, atMs, price, quantity, isBuyerMaker);
        Trades.Add(trade);
        return trade;
    }

    /// <summary>Takes a trade into the aggregate that is open; gives the one that it ended, or null.</summary>
    public AggregateTrade? Aggregate(in Trade trade)
    {
        var whole = _open.Whole;
        if (_open.Id != 0 && (whole.AtMs, whole.Price, whole.IsBuyerMaker)
            == (trade.AtMs, trade.Price, trade.IsBuyerMaker))
        {
            _open = new AggregateTrade(
                _open.Id, whole with { Quantity = whole.Quantity + trade.Quantity }, trade.Id);
            return null;
        }

        var over = Flush();
        _open = new AggregateTrade(LastAggregateId + 1, trade, trade.Id);
        return over;
    }

    /// <summary>Ends the aggregate that is open; null when none is.</summary>
    public AggregateTrade? Flush()
    {
        if (_open.Id == 0) return null;
        var over = _open;
        Aggregates.Add(over);
        (LastAggregateId, _open) = (over.Id, default);
        return over;
    }

    private long LastAggregateId { get; set; }
}
