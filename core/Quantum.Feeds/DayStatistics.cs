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

    // What left the window is used again: a tape that is longer than a day allocates nothing.
    private readonly Stack<LinkedListNode<Bucket>> _freeNodes = new();
    private Bucket? _free;

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
        _open ??= Begin(minute, price);
        _open.High = Math.Max(_open.High, price);
        _open.Low = Math.Min(_open.Low, price);
        _open.Last = price;
        _open.ValueUsd += valueUsd;
        Expire(_open.Minute - WindowMinutes);
    }

    private Bucket Begin(long minute, decimal price)
    {
        var bucket = _free ?? new Bucket();
        _free = null;
        (bucket.Minute, bucket.First, bucket.High, bucket.Low) = (minute, price, price, price);
        bucket.ValueUsd = 0;
        return bucket;
    }

    private void Close()
    {
        var bucket = _open!;
        _open = null;
        _closed.Enqueue(bucket);
        _closedValueUsd += bucket.ValueUsd;
        while (_highs.Last is { } last && last.Value.High <= bucket.High) Free(_highs, last);
        Add(_highs, bucket);
        while (_lows.Last is { } last && last.Value.Low >= bucket.Low) Free(_lows, last);
        Add(_lows, bucket);
    }

    private void Add(LinkedList<Bucket> list, Bucket bucket)
    {
        if (!_freeNodes.TryPop(out var node)) node = new LinkedListNode<Bucket>(bucket);
        node.Value = bucket;
        list.AddLast(node);
    }

    private void Free(LinkedList<Bucket> list, LinkedListNode<Bucket> node)
    {
        list.Remove(node);
        _freeNodes.Push(node);
    }

    private void Expire(long lastGone)
    {
        while (_closed.TryPeek(out var oldest) && oldest.Minute <= lastGone)
        {
            _closed.Dequeue();
            // Rounding must not add up over months.
            _closedValueUsd = _closed.Count == 0 ? 0 : _closedValueUsd - oldest.ValueUsd;
            if (_highs.First is { } high && high.Value == oldest) Free(_highs, high);
            if (_lows.First is { } low && low.Value == oldest) Free(_lows, low);
            _free = oldest;
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
