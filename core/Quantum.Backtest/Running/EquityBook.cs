using Quantum.Backtest.Results;
using Quantum.Feeds;

namespace Quantum.Backtest.Running;

/// <summary>
/// The account over time, from the portfolio's own words: the last of every minute with a position, and of every day.
/// </summary>
internal sealed class EquityBook
{
    private readonly List<EquityPoint> _points = [];
    private EquityPoint _last;
    private bool _isHeld;
    private bool _wasHeld;

    /// <param name="fromMs">Start of the run, UTC epoch ms.</param>
    /// <param name="startUsd">Cash at the start, USD.</param>
    public EquityBook(long fromMs, decimal startUsd) =>
        _points.Add(_last = new EquityPoint(fromMs, startUsd, startUsd, 0));

    /// <summary>Points that stand: all but the newest.</summary>
    public int Settled => _points.Count;

    public EquityPoint this[int place] => _points[place];

    /// <summary>The newest word; all zero before the first.</summary>
    public PortfolioSnapshot Now { get; private set; }

    public void Take(in PortfolioSnapshot snapshot, long atMs)
    {
        if (atMs / CandleInterval.MinuteMs != _last.AtMs / CandleInterval.MinuteMs
            && (_isHeld || _wasHeld || atMs / CandleInterval.DayMs != _last.AtMs / CandleInterval.DayMs))
        {
            Add();
            _wasHeld = _isHeld;
        }

        Now = snapshot;
        _isHeld = snapshot.NumPositions > 0;
        _wasHeld |= _isHeld;
        _last = new EquityPoint(
            Math.Max(atMs, _last.AtMs), snapshot.TotalEquityUsd, snapshot.CashBalanceUsd, snapshot.TotalExposureUsd);
    }

    /// <summary>Takes a point that was read before, behind all there are.</summary>
    public void Restore(EquityPoint point)
    {
        if (point.AtMs <= _points[^1].AtMs) return;
        _points.Add(_last = point);
        _isHeld = _wasHeld = point.ExposureUsd != 0;
    }

    /// <summary>The curve up to now.</summary>
    public IReadOnlyList<EquityPoint> End() => _last.AtMs > _points[^1].AtMs ? [.. _points, _last] : [.. _points];

    /// <summary>The curve, to which nothing is added any more: as it stands, not a copy.</summary>
    public IReadOnlyList<EquityPoint> Finish()
    {
        Add();
        return _points;
    }

    private void Add()
    {
        if (_last.AtMs > _points[^1].AtMs) _points.Add(_last);
    }
}
