using Quantum.Backtest.Results;
using Quantum.Contracts.Events;
using Quantum.Feeds;

namespace Quantum.Backtest.Running;

/// <summary>
/// The account over time, from the portfolio's own words: the last of every minute with a position, and of every day.
/// </summary>
internal sealed class EquityCurve
{
    private readonly List<EquityPoint> _points = [];
    private EquityPoint _last;
    private bool _isHeld;
    private bool _wasHeld;

    /// <param name="fromMs">Start of the run, UTC epoch ms.</param>
    /// <param name="startUsd">Cash at the start, USD.</param>
    public EquityCurve(long fromMs, decimal startUsd) =>
        _points.Add(_last = new EquityPoint(fromMs, startUsd, startUsd, 0));

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

    /// <summary>The curve up to now.</summary>
    public IReadOnlyList<EquityPoint> End()
    {
        Add();
        return _points;
    }

    private void Add()
    {
        if (_last.AtMs > _points[^1].AtMs) _points.Add(_last);
    }
}
