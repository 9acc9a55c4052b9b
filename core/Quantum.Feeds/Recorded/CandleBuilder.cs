namespace Quantum.Feeds.Recorded;

/// <summary>
/// Makes longer candles of one symbol's shorter ones. Only a candle of which every part is there is told: where one is
/// missing nobody knows how high it went.
/// </summary>
internal sealed class CandleBuilder(long partMs, long wholeMs)
{
    private readonly string _name = CandleInterval.NameOf(wholeMs)!;
    private MarketKline _open;
    private long _parts;
    private long _toldToMs;

    /// <summary>Takes the next part; the whole candle when this was its last one, else null.</summary>
    public MarketKline? Add(in MarketKline part)
    {
        if (partMs == wholeMs) return part;
        var openMs = part.OpenTimeMs / wholeMs * wholeMs;
        if (_parts == 0 || openMs != _open.OpenTimeMs)
        {
            _open = part with { Interval = _name, OpenTimeMs = openMs, CloseTimeMs = openMs + wholeMs };
            _parts = 0;
        }
        else
        {
            _open = _open with
            {
                High = Math.Max(_open.High, part.High), Low = Math.Min(_open.Low, part.Low), Close = part.Close,
                Volume = _open.Volume + part.Volume, QuoteVolume = _open.QuoteVolume + part.QuoteVolume,
                Trades = _open.Trades + part.Trades,
            };
        }

        _parts++;
        if (part.CloseTimeMs != _open.CloseTimeMs) return null;
        var isWhole = _parts == wholeMs / partMs;
        _parts = 0;
        if (!isWhole) return null;
        var whole = _open with { GapBefore = _toldToMs != 0 && _toldToMs != _open.OpenTimeMs };
        _toldToMs = _open.CloseTimeMs;
        return whole;
    }
}
