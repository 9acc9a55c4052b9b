using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Feeds;

namespace Quantum.Binance.Market;

/// <summary>What has been told of one symbol, and how its market stands: every event counts once, in order.</summary>
internal sealed class SymbolTrack(Symbol symbol, long intervalMs)
{
    private readonly DayStatistics _day = new();
    private readonly SortedDictionary<long, MarketKline> _held = [];
    private long _lastTradeId;
    private BookNews? _book;
    private MarkNews? _mark;
    private bool _hasToldCandle;

    public Symbol Symbol => symbol;

    /// <summary>Open of the next candle to be told, UTC epoch ms.</summary>
    public long NextOpenMs { get; set; }

    /// <summary>A request for candles is under way.</summary>
    public bool IsFilling { get; set; }

    /// <summary>When candles may be asked for again, UTC epoch ms.</summary>
    public long FillFromMs { get; set; }

    /// <summary>Its state has changed since it was told.</summary>
    public bool IsStale { get; set; }

    public decimal? LastPrice { get; private set; }

    /// <summary>The newest best prices or mark; false for older ones.</summary>
    public bool Take(BookNews book)
    {
        if (book.Id <= (_book?.Id ?? 0)) return false;
        _book = book;
        return IsStale = true;
    }

    public bool Take(MarkNews mark)
    {
        if (mark.AtMs < (_mark?.AtMs ?? 0)) return false;
        _mark = mark;
        return IsStale = true;
    }

    /// <summary>The trade as a tick; null when it was told before.</summary>
    public MarketTick? Take(TradeNews trade)
    {
        if (trade.Id <= _lastTradeId) return null;
        _lastTradeId = trade.Id;
        LastPrice = trade.Price;
        // What it traded comes with its candle: one that nobody heard of counts too.
        _day.Add(trade.AtMs, trade.Price, 0);
        IsStale = true;
        return new MarketTick
        {
            Symbol = symbol, Price = trade.Price, Quantity = trade.Quantity, IsBuyerMaker = trade.IsBuyerMaker,
            BidPrice = _book?.Bid, AskPrice = _book?.Ask,
        };
    }

    /// <summary>A candle waits until those before it are told.</summary>
    public void Hold(MarketKline candle)
    {
        if (candle.OpenTimeMs >= NextOpenMs) _held.TryAdd(candle.OpenTimeMs, candle);
    }

    /// <summary>
    /// The next candle to be told, or null while it must be asked for. Below <paramref name="askedToMs"/> nothing more
    /// will come: what is missing there is a gap.
    /// </summary>
    public MarketKline? NextCandle(long askedToMs)
    {
        if (_held.Count == 0) return null;
        var candle = _held.First().Value;
        var isGap = candle.OpenTimeMs > NextOpenMs;
        if (isGap && candle.OpenTimeMs > askedToMs) return null;
        _held.Remove(candle.OpenTimeMs);
        NextOpenMs = candle.OpenTimeMs + intervalMs;
        Count(candle);
        var told = candle with { GapBefore = isGap && _hasToldCandle };
        _hasToldCandle = true;
        return told;
    }

    /// <summary>When the next candle to be told closes, UTC epoch ms; null while there is none.</summary>
    public long? NextCloses(long askedToMs) =>
        _held.Count > 0 && (_held.First().Key == NextOpenMs || _held.First().Key <= askedToMs)
            ? _held.First().Key + intervalMs
            : null;

    /// <summary>The open up to which candles must be asked for, because a later one is there; null: none is.</summary>
    public long? MissingToMs() => _held.Count > 0 && _held.First().Key > NextOpenMs ? _held.First().Key : null;

    /// <summary>After this a missing candle is told as a gap, even before the first one.</summary>
    public void GoOn() => _hasToldCandle = true;

    public MarketData? Snapshot() => LastPrice is not { } last ? null : new MarketData
    {
        Symbol = symbol,
        LastPrice = last,
        MarkPrice = _mark?.Price,
        BidPrice = _book?.Bid,
        AskPrice = _book?.Ask,
        High24hPrice = _day.High,
        Low24hPrice = _day.Low,
        Change24hFraction = _day.ChangeFraction,
        Volume24hUsd = _day.VolumeUsd,
        FundingRate = _mark?.FundingRate,
        NextFundingAtMs = _mark?.NextFundingAtMs,
    };

    private void Count(MarketKline candle)
    {
        var lastMs = candle.CloseTimeMs - 1;
        _day.Add(candle.OpenTimeMs, candle.Open, 0);
        _day.Add(lastMs, candle.High, 0);
        _day.Add(lastMs, candle.Low, 0);
        _day.Add(lastMs, candle.Close, (double)(candle.QuoteVolume ?? 0));
        LastPrice ??= candle.Close;
    }
}
