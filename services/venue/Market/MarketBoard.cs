using Quantum.Feeds;
using Quantum.Roles.Symbols;

namespace Quantum.Venue.Market;

/// <summary>
/// Hears the feed on the loop's thread and keeps what the venue shows: books, trades, candles, marks and funding.
/// </summary>
internal sealed class MarketBoard : IMarketSink
{
    private readonly Dictionary<Symbol, SymbolMarket> _markets;
    private readonly MarketStreams _streams;
    private readonly decimal _halfSpread;
    private readonly List<SymbolMarket> _traded = [];

    /// <param name="markets">In the order of the feed.</param>
    /// <param name="streams">Told what happens.</param>
    /// <param name="halfSpread">Half the spread over price where the feed has no quotes, as orders are filled.</param>
    public MarketBoard(IReadOnlyList<SymbolMarket> markets, MarketStreams streams, decimal halfSpread)
    {
        (_streams, _halfSpread, All) = (streams, halfSpread, markets);
        _markets = markets.ToDictionary(market => market.Instrument.Symbol);
        foreach (var market in markets)
            market.Candles.Closed = minute => streams.Closed(market, in minute);
    }

    /// <summary>In the order of the feed.</summary>
    public IReadOnlyList<SymbolMarket> All { get; }

    /// <summary>By name; null when the venue has it not.</summary>
    public SymbolMarket? Find(string name) => Symbol.TryParse(name, out var symbol) ? Find(symbol) : null;

    public SymbolMarket? Find(Symbol symbol) => _markets.GetValueOrDefault(symbol);

    // A client's orders are met on the way inside a candle, so it is always walked.
    public bool IsWatched(Symbol symbol, long openMs) => true;

    public void Book(long atMs, in BookTop top)
    {
        if (!_markets.TryGetValue(top.Symbol, out var market)) return;
        market.Book.Set(atMs, top.BidPrice, top.AskPrice, top.BidQuantity, top.AskQuantity);
        _streams.Topped(market);
    }

    public void Tick(long atMs, in MarketTick tick)
    {
        if (!_markets.TryGetValue(tick.Symbol, out var market)) return;
        var filters = market.Instrument.Filters;
        var price = tick.IsPathPoint() ? Math.Max(filters.TickSize, OnGrid(filters, tick.Price)) : tick.Price;
        SetBook(market, atMs, in tick, price);
        var isBuyerMaker = tick.IsBuyerMaker
            ?? (price < market.LastPrice || (price == market.LastPrice && price <= market.Book.Bid));
        (market.LastPrice, market.LastMs) = (price, atMs);
        if (tick.Quantity == 0)
        {
            market.Candles.Touch(atMs, price);
            _streams.Moved(market);
            return;
        }

        market.LastQuantity = tick.Quantity;
        var trade = market.Tape.Add(atMs, price, tick.Quantity, isBuyerMaker);
        market.Candles.Add(in trade);
        if (market.Tape.Aggregate(in trade) is { } over) _streams.Aggregated(market, in over);
        if (!_traded.Contains(market)) _traded.Add(market);
        _streams.Traded(market, in trade);
    }

    public void Data(long atMs, in MarketData state)
    {
        if (!_markets.TryGetValue(state.Symbol, out var market)) return;
        if (market.LastPrice == 0) (market.LastPrice, market.LastMs) = (state.LastPrice, atMs);
        market.ToldMark = state.MarkPrice;
        market.MarkCandles.Touch(atMs, market.Mark);
        market.Funding.Take(
            atMs, state.FundingRate, state.NextFundingAtMs, market.Instrument.Filters.FundingMs, market.Mark);
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        if (!_markets.TryGetValue(kline.Symbol, out var market)) return;
        // While nothing is played, the candles are all that is known.
        if (market.Tape.LastId == 0)
        {
            market.MarkCandles.Take(kline with { Volume = 0, QuoteVolume = 0, Trades = 0 });
            (market.LastPrice, market.LastMs) = (kline.Close, kline.CloseTimeMs);
        }

        market.Candles.Take(in kline);
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
        // The venue's own book comes with the ticks; those of others are not shown here.
    }

    public void Step(long atMs)
    {
        foreach (var market in _traded)
            if (market.Tape.Flush() is { } over) _streams.Aggregated(market, in over);
        _traded.Clear();
        foreach (var market in All)
        {
            market.Candles.RollTo(atMs);
            market.MarkCandles.RollTo(atMs);
        }
    }

    private void SetBook(SymbolMarket market, long atMs, in MarketTick tick, decimal price)
    {
        var book = market.Book;
        var filters = market.Instrument.Filters;
        var bid = tick.BidPrice ?? filters.FloorPrice(price * (1 - _halfSpread));
        var ask = tick.AskPrice ?? Math.Max(filters.CeilingPrice(price * (1 + _halfSpread)), bid + filters.TickSize);
        if ((bid, ask) == (book.Bid, book.Ask)) return;
        book.Set(atMs, bid, ask);
        _streams.Topped(market);
    }

    private static decimal OnGrid(SymbolFilters filters, decimal price) =>
        Math.Round(price / filters.TickSize) * filters.TickSize;
}
