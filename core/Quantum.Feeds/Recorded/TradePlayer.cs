namespace Quantum.Feeds.Recorded;

/// <summary>The markets of a trade tape while it is played: windows of 100 ms, candles of one length.</summary>
internal sealed class TradePlayer
{
    private const long WindowMs = 100;
    private const long HoleMs = CandleInterval.MinuteMs;

    private readonly IMarketSink _told;
    private readonly IReadOnlySet<Symbol> _onlyQuoted;
    private readonly long _intervalMs;
    private readonly long _afterMs;
    private readonly Dictionary<Symbol, SymbolMarket> _markets;
    private readonly TradeCandle[] _candles;
    private readonly SortedSet<Symbol> _moved = [];
    private readonly long _wholeFromMs;
    private IMarketSink _sink = SilentSink.Instance;
    private long _windowEndMs;
    private long _candleMs;

    /// <param name="told">Told everything behind <paramref name="afterMs"/>.</param>
    /// <param name="symbols">Whose records are played.</param>
    /// <param name="onlyQuoted">Of these nothing was traded: the middle of bid and ask stands for the price.</param>
    /// <param name="intervalMs">Length of the candles, ms.</param>
    /// <param name="firstMs">The first record, UTC epoch ms.</param>
    /// <param name="afterMs">UTC epoch ms.</param>
    public TradePlayer(
        IMarketSink told, IReadOnlyList<Symbol> symbols, IReadOnlySet<Symbol> onlyQuoted, long intervalMs, long firstMs,
        long afterMs)
    {
        (_told, _onlyQuoted, _intervalMs, _afterMs) = (told, onlyQuoted, intervalMs, afterMs);
        _markets = symbols.ToDictionary(symbol => symbol, symbol => new SymbolMarket(symbol));
        _candles =
            [.. symbols.Select(symbol => new TradeCandle(symbol, CandleInterval.NameOf(intervalMs)!, intervalMs))];
        _candleMs = firstMs / intervalMs * intervalMs;
        _wholeFromMs = firstMs / WindowMs * WindowMs;
    }

    public bool IsInside(long atMs) => atMs < _windowEndMs;

    /// <summary>Begins the window of an instant, after the candles that close before it.</summary>
    public void Begin(long atMs)
    {
        var candleMs = atMs / _intervalMs * _intervalMs;
        if (candleMs > _candleMs) CloseCandles(candleMs);
        _windowEndMs = (atMs / WindowMs + 1) * WindowMs;
        _sink = _windowEndMs - 1 > _afterMs ? _told : SilentSink.Instance;
    }

    public void Play(in TapeRecord record)
    {
        if (!_markets.TryGetValue(record.Symbol, out var market)) return;
        _moved.Add(record.Symbol);
        switch (record.Kind)
        {
            case TapeRecordKind.Book:
                (market.BidPrice, market.AskPrice) = (record.BidPrice, record.AskPrice);
                _sink.Book(record.AtMs, new BookTop
                {
                    Symbol = record.Symbol, BidPrice = record.BidPrice, AskPrice = record.AskPrice,
                    BidQuantity = record.BidQuantity, AskQuantity = record.AskQuantity,
                });
                if (_onlyQuoted.Contains(record.Symbol))
                    Trade(market, record with { Price = (record.BidPrice + record.AskPrice) / 2 });
                break;
            case TapeRecordKind.Mark:
                market.MarkPrice = record.Price;
                (market.FundingRate, market.NextFundingAtMs) = (record.FundingRate, record.NextFundingAtMs);
                break;
            case TapeRecordKind.Trade:
                Trade(market, in record);
                break;
        }
    }

    /// <summary>
    /// Tells the markets that moved. The window's instant is its last ms, so that a candle closes after it.
    /// </summary>
    public void CloseWindow()
    {
        if (_windowEndMs == 0) return;
        var atMs = _windowEndMs - 1;
        foreach (var symbol in _moved)
        {
            var market = _markets[symbol];
            if (market.LastPrice is not null) _sink.Data(atMs, market.Snapshot());
            if (market.LastPrice is not null || market.BidPrice is not null)
                _sink.Quote(atMs, market.Quote(CandleFeed.Venue));
        }

        _moved.Clear();
        _sink.Step(atMs);
    }

    private void Trade(SymbolMarket market, in TapeRecord record)
    {
        market.Traded(record.AtMs, record.Price, (double)(record.Price * record.Quantity));
        Array.Find(_candles, candle => candle.Symbol == market.Symbol)!.Add(record.Price, record.Quantity);
        _sink.Tick(record.AtMs, new MarketTick
        {
            Symbol = record.Symbol, Price = record.Price, Quantity = record.Quantity,
            IsBuyerMaker = record.IsBuyerMaker, BidPrice = market.BidPrice, AskPrice = market.AskPrice,
        });
    }

    private void CloseCandles(long nextMs)
    {
        CloseOne();
        // A minute without a line of any symbol is a hole in the recording, not a quiet market.
        if (nextMs - _candleMs >= HoleMs || (nextMs > _candleMs && _intervalMs >= HoleMs))
            foreach (var candle in _candles) candle.Missed();
        else
            while (_candleMs < nextMs) CloseOne();
        _candleMs = nextMs;
    }

    private void CloseOne()
    {
        var closeMs = _candleMs + _intervalMs;
        var sink = closeMs > _afterMs ? _told : SilentSink.Instance;
        var isWhole = _candleMs >= _wholeFromMs;
        var isTold = false;
        foreach (var candle in _candles)
        {
            if (!isWhole) candle.Skip();
            if (!isWhole || !candle.IsKnown) continue;
            sink.Kline(closeMs, candle.Close(_candleMs));
            isTold = true;
        }

        if (isTold) sink.Step(closeMs);
        _candleMs = closeMs;
    }
}
