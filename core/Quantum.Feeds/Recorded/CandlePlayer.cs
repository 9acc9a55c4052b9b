namespace Quantum.Feeds.Recorded;

/// <summary>One symbol of a candle tape while it is played.</summary>
internal sealed class CandlePlayer : IDisposable
{
    private readonly IEnumerator<MarketKline> _rows;
    private readonly CandleBuilder _builder;
    private MarketKline _candle;

    public CandlePlayer(KlineTrack track, CandleSide side, CandleBuilder builder)
    {
        (Market, Side, _builder) = (new SymbolMarket(track.Symbol), side, builder);
        _rows = track.Read().GetEnumerator();
        IsOpen = _rows.MoveNext();
    }

    public SymbolMarket Market { get; }

    public CandleSide Side { get; }

    /// <summary>The candle that is played now.</summary>
    public ref readonly MarketKline Candle => ref _candle;

    /// <summary>What is traded at each corner of its path, base quantity.</summary>
    public decimal CornerQuantity { get; private set; }

    /// <summary>The same, quote currency; null where the candle does not tell it.</summary>
    public double? CornerValueUsd { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>True while something is at stake in the candle: its path is walked.</summary>
    public bool IsWatched { get; set; }

    /// <summary>True when the candle's low comes before its high.</summary>
    public bool IsLowFirst { get; set; }

    /// <summary>In how many parts the leg that is walked is walked, from 1.</summary>
    public long Parts { get; set; }

    /// <summary>Open of the next candle, UTC epoch ms.</summary>
    public long NextMs => _rows.Current.OpenTimeMs;

    public void Take()
    {
        _candle = _rows.Current;
        IsLowFirst = CandlePath.IsLowFirst(in _candle, null);
        CornerQuantity = CandlePath.QuantityOf(in _candle);
        CornerValueUsd = (double?)(_candle.QuoteVolume / CandlePath.Points);
        IsOpen = _rows.MoveNext();
    }

    /// <summary>The candle that is told when the one that is played closes, or null.</summary>
    public MarketKline? Close() => _builder.Add(in _candle);

    public void Dispose()
    {
        _rows.Dispose();
        Side.Dispose();
    }
}
