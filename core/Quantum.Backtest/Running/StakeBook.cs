namespace Quantum.Backtest.Running;

/// <summary>
/// In which symbols of a run an order or a position may meet a candle's prices: those that are held, and those that had
/// an order within the last candles. It answers as the market's service does for a tape in Redis: about each candle
/// once.
/// </summary>
internal sealed class StakeBook
{
    /// <summary>An entry's order is taken back before this, ms.</summary>
    private const long OrderLifeMs = 180_000;

    private readonly Dictionary<Symbol, long> _orderedAtMs = [];
    private readonly HashSet<Symbol> _ordered = [];
    private readonly HashSet<Symbol> _watched = [];
    private readonly Dictionary<Symbol, PositionSide> _held = [];
    private readonly Dictionary<Symbol, PositionSide> _heldInCandle = [];
    private long _openMs = -1;
    private bool _knowsHeld;

    /// <summary>Takes a command to the venue.</summary>
    public void Take(in OrderCommand command) => _ordered.Add(command.Symbol);

    /// <summary>Takes what is held.</summary>
    public void Take(in PortfolioExposure exposure)
    {
        _held.Clear();
        foreach (var row in exposure.ExposureBySymbol)
            if (row.Quantity != 0) _held[row.Symbol] = row.Quantity > 0 ? PositionSide.Long : PositionSide.Short;
    }

    /// <summary>Whether a symbol's path is walked in the candle that opens then, UTC epoch ms.</summary>
    public bool IsWatched(Symbol symbol, long openMs)
    {
        if (_openMs != openMs) Open(openMs);
        return _watched.Contains(symbol);
    }

    /// <summary>The side held once that candle's open was told; null when flat.</summary>
    public PositionSide? HeldSide(Symbol symbol, long openMs)
    {
        if (_openMs != openMs) Open(openMs);
        if (!_knowsHeld)
        {
            _knowsHeld = true;
            _heldInCandle.Clear();
            foreach (var (held, side) in _held) _heldInCandle[held] = side;
        }

        return _heldInCandle.TryGetValue(symbol, out var now) ? now : null;
    }

    private void Open(long openMs)
    {
        (_openMs, _knowsHeld) = (openMs, false);
        foreach (var symbol in _ordered) _orderedAtMs[symbol] = openMs;
        _ordered.Clear();
        _watched.Clear();
        foreach (var symbol in _held.Keys) _watched.Add(symbol);
        foreach (var (symbol, atMs) in _orderedAtMs)
            if (openMs - atMs < OrderLifeMs) _watched.Add(symbol);
    }
}
