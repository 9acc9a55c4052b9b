using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Feeds.Recorded;

/// <summary>The markets of a trade tape while it is played: windows of 100 ms, candles of a minute.</summary>
internal sealed class TradePlayer
{
    private const long WindowMs = 100;
    private const long Minute = CandleInterval.MinuteMs;

    private readonly IMarketSink _told;
    private readonly long _afterMs;
    private readonly Dictionary<Symbol, SymbolMarket> _markets;
    private readonly TradeCandle[] _candles;
    private readonly SortedSet<Symbol> _moved = [];
    private readonly long _wholeFromMs;
    private IMarketSink _sink = SilentSink.Instance;
    private long _windowEndMs;
    private long _minuteMs;

    public TradePlayer(IMarketSink told, IReadOnlyList<Symbol> symbols, long firstMs, long afterMs)
    {
        (_told, _afterMs) = (told, afterMs);
        _markets = symbols.ToDictionary(symbol => symbol, symbol => new SymbolMarket(symbol));
        _candles = [.. symbols.Select(symbol => new TradeCandle(symbol, CandleInterval.NameOf(Minute)!, Minute))];
        _minuteMs = firstMs / Minute * Minute;
        _wholeFromMs = firstMs / WindowMs * WindowMs;
    }

    public bool IsInside(long atMs) => atMs < _windowEndMs;

    /// <summary>Begins the window of an instant, after the candles that close before it.</summary>
    public void Begin(long atMs)
    {
        var minuteMs = atMs / Minute * Minute;
        if (minuteMs > _minuteMs) CloseMinute(minuteMs);
        _windowEndMs = (atMs / WindowMs + 1) * WindowMs;
        _sink = _windowEndMs - 1 > _afterMs ? _told : SilentSink.Instance;
    }

    public void Play(in TapeRecord record)
    {
        var market = _markets[record.Symbol];
        _moved.Add(record.Symbol);
        switch (record.Kind)
        {
            case TapeRecordKind.Book:
                (market.BidPrice, market.AskPrice) = (record.BidPrice, record.AskPrice);
                break;
            case TapeRecordKind.Mark:
                market.MarkPrice = record.Price;
                (market.FundingRate, market.NextFundingAtMs) = (record.FundingRate, record.NextFundingAtMs);
                break;
            case TapeRecordKind.Trade:
                market.Traded(record.AtMs, record.Price, (double)(record.Price * record.Quantity));
                Array.Find(_candles, candle => candle.Symbol == market.Symbol)!.Add(record.Price, record.Quantity);
                _sink.Tick(record.AtMs, new MarketTick
                {
                    Symbol = record.Symbol, Price = record.Price, Quantity = record.Quantity,
                    IsBuyerMaker = record.IsBuyerMaker, BidPrice = market.BidPrice, AskPrice = market.AskPrice,
                });
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

    private void CloseMinute(long nextMinuteMs)
    {
        var closeMs = _minuteMs + Minute;
        var sink = closeMs > _afterMs ? _told : SilentSink.Instance;
        var isWhole = _minuteMs >= _wholeFromMs;
        var isTold = false;
        foreach (var candle in _candles)
        {
            if (!isWhole) candle.Skip();
            if (!isWhole || !candle.IsKnown) continue;
            sink.Kline(closeMs, candle.Close(_minuteMs));
            isTold = true;
        }

        if (isTold) sink.Step(closeMs);
        // A minute without a line of any symbol is a hole in the recording, not a quiet market.
        if (nextMinuteMs > closeMs)
            foreach (var candle in _candles) candle.Missed();
        _minuteMs = nextMinuteMs;
    }
}
