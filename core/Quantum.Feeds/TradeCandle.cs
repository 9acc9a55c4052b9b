namespace Quantum.Feeds;

/// <summary>Builds one symbol's candles from its trades.</summary>
internal sealed class TradeCandle(Symbol symbol, string interval, long intervalMs)
{
    private decimal _open;
    private decimal _high;
    private decimal _low;
    private decimal _close;
    private decimal _volume;
    private decimal _quoteVolume;
    private long _trades;
    private bool _gapBefore;

    public Symbol Symbol => symbol;

    /// <summary>False until the first trade: nothing can be said of the price.</summary>
    public bool IsKnown => _close > 0;

    public void Add(decimal price, decimal quantity)
    {
        if (_trades++ == 0) (_open, _high, _low) = (price, price, price);
        _high = Math.Max(_high, price);
        _low = Math.Min(_low, price);
        _close = price;
        _volume += quantity;
        _quoteVolume += price * quantity;
    }

    /// <summary>Marks the next candle: the one before it is missing.</summary>
    public void Missed() => _gapBefore = true;

    /// <summary>Begins the next candle without telling this one.</summary>
    public void Skip() => Begin();

    /// <summary>
    /// Ends the candle and begins the next. Without a trade it is flat at the last price with volume 0.
    /// </summary>
    public MarketKline Close(long openTimeMs)
    {
        if (_trades == 0) (_open, _high, _low) = (_close, _close, _close);
        var candle = new MarketKline
        {
            Symbol = symbol, Interval = interval, OpenTimeMs = openTimeMs, CloseTimeMs = openTimeMs + intervalMs,
            Open = _open, High = _high, Low = _low, Close = _close, Volume = _volume, QuoteVolume = _quoteVolume,
            Trades = _trades, GapBefore = _gapBefore,
        };
        _gapBefore = false;
        Begin();
        return candle;
    }

    private void Begin() => (_volume, _quoteVolume, _trades) = (0, 0, 0);
}
