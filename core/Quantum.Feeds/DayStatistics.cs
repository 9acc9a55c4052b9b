namespace Quantum.Feeds;

/// <summary>
/// High, low, change and traded value of the last 24 hours, or since the first price while the tape is shorter. The
/// window is made of whole minutes: the current one and the 1439 before it.
/// </summary>
public sealed class DayStatistics
{
    private const int WindowMinutes = 1_440;

    private readonly Queue<Bucket> _closed = new();
    private readonly LinkedList<Bucket> _highs = new();
    private readonly LinkedList<Bucket> _lows = new();
    private Bucket? _open;
    private double _closedValueUsd;

    /// <summary>Highest price of the window; null before the first price.</summary>
    public decimal? High => _open is null ? null
        : _highs.First is { } first ? Math.Max(first.Value.High, _open.High) : _open.High;

    /// <summary>Lowest price of the window; null before the first price.</summary>
    public decimal? Low => _open is null ? null
        : _lows.First is { } first ? Math.Min(first.Value.Low, _open.Low) : _open.Low;

    /// <summary>Last price over the window's first one, minus 1; null before the first price.</summary>
    public double? ChangeFraction
    {
        get
        {
            if (_open is null) return null;
            var first = _closed.TryPeek(out var oldest) ? oldest.First : _open.First;
            return (double)(_open.Last / first - 1);
        }
    }

    /// <summary>Traded value of the window, quote currency; null before the first price.</summary>
    public double? VolumeUsd => _open is null ? null : Math.Max(0, _closedValueUsd) + _open.ValueUsd;

    /// <summary>Adds a price in order of time.</summary>
    /// <param name="atMs">UTC epoch ms; an earlier one than before counts into the current minute.</param>
    /// <param name="price">Above 0.</param>
    /// <param name="valueUsd">Traded value, 0 or more.</param>
    public void Add(long atMs, decimal price, double valueUsd)
    {
        var minute = atMs / CandleInterval.MinuteMs;
        if (_open is not null && minute > _open.Minute) Close();
        _open ??= new Bucket { Minute = minute, First = price, High = price, Low = price };
        _open.High = Math.Max(_open.High, price);
        _open.Low = Math.Min(_open.Low, price);
        _open.Last = price;
        _open.ValueUsd += valueUsd;
        Expire(_open.Minute - WindowMinutes);
    }

    private void Close()
    {
        var bucket = _open!;
        _open = null;
        _closed.Enqueue(bucket);
        _closedValueUsd += bucket.ValueUsd;
        while (_highs.Last is { } last && last.Value.High <= bucket.High) _highs.RemoveLast();
        _highs.AddLast(bucket);
        while (_lows.Last is { } last && last.Value.Low >= bucket.Low) _lows.RemoveLast();
        _lows.AddLast(bucket);
    }

    private void Expire(long lastGone)
    {
        while (_closed.TryPeek(out var oldest) && oldest.Minute <= lastGone)
        {
            _closed.Dequeue();
            // Rounding must not add up over months.
            _closedValueUsd = _closed.Count == 0 ? 0 : _closedValueUsd - oldest.ValueUsd;
            if (_highs.First?.Value == oldest) _highs.RemoveFirst();
            if (_lows.First?.Value == oldest) _lows.RemoveFirst();
        }
    }

    private sealed class Bucket
    {
        public long Minute;
        public decimal First;
        public decimal High;
        public decimal Low;
        public decimal Last;
        public double ValueUsd;
    }
}
