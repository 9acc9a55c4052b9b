namespace Quantum.Feeds;

/// <summary>
/// High, low, change and traded value of the last 24 hours, or since the first price while the tape is shorter. The
/// window is made of whole minutes: the current one and the 1439 before it.
/// </summary>
public sealed class DayStatistics
{
    private const int WindowMinutes = 1_440;

    // Minutes are counted as they close, and those of the window stand in rings by that number; the candidates for the
    // window's high fall and those for its low rise from the oldest to the newest. Nothing is allocated once a day has
    // passed.
    private Bucket[] _closed = new Bucket[32];
    private readonly NumberRing _highs = new();
    private readonly NumberRing _lows = new();
    private long _oldest;
    private long _next;
    private Bucket _open;
    private bool _isOpen;
    private double _closedValueUsd;

    /// <summary>Highest price of the window; null before the first price.</summary>
    public decimal? High => !_isOpen ? null
        : _highs.Count > 0 ? Math.Max(At(_highs.First).High, _open.High) : _open.High;

    /// <summary>Lowest price of the window; null before the first price.</summary>
    public decimal? Low => !_isOpen ? null
        : _lows.Count > 0 ? Math.Min(At(_lows.First).Low, _open.Low) : _open.Low;

    /// <summary>Last price over the window's first one, minus 1; null before the first price.</summary>
    public double? ChangeFraction
    {
        get
        {
            if (!_isOpen) return null;
            var first = _oldest < _next ? At(_oldest).First : _open.First;
            return (double)(_open.Last / first - 1);
        }
    }

    /// <summary>Traded value of the window, quote currency; null before the first price.</summary>
    public double? VolumeUsd => !_isOpen ? null : Math.Max(0, _closedValueUsd) + _open.ValueUsd;

    /// <summary>Adds a price in order of time.</summary>
    /// <param name="atMs">UTC epoch ms; an earlier one than before counts into the current minute.</param>
    /// <param name="price">Above 0.</param>
    /// <param name="valueUsd">Traded value, 0 or more.</param>
    public void Add(long atMs, decimal price, double valueUsd)
    {
        var minute = atMs / CandleInterval.MinuteMs;
        if (!_isOpen || minute > _open.Minute)
        {
            if (_isOpen) Close();
            _open = new Bucket { Minute = minute, First = price, High = price, Low = price };
            _isOpen = true;
            Expire(minute - WindowMinutes);
        }

        _open.High = Math.Max(_open.High, price);
        _open.Low = Math.Min(_open.Low, price);
        _open.Last = price;
        _open.ValueUsd += valueUsd;
    }

    private ref Bucket At(long number) => ref _closed[number & (_closed.Length - 1)];

    private void Close()
    {
        if (_next - _oldest == _closed.Length) Grow();
        At(_next) = _open;
        _closedValueUsd += _open.ValueUsd;
        while (_highs.Count > 0 && At(_highs.Last).High <= _open.High) _highs.DropLast();
        _highs.Add(_next);
        while (_lows.Count > 0 && At(_lows.Last).Low >= _open.Low) _lows.DropLast();
        _lows.Add(_next);
        _next++;
    }

    private void Expire(long lastGone)
    {
        for (; _oldest < _next && At(_oldest).Minute <= lastGone; _oldest++)
        {
            // Rounding must not add up over months.
            _closedValueUsd = _oldest + 1 == _next ? 0 : _closedValueUsd - At(_oldest).ValueUsd;
            if (_highs.Count > 0 && _highs.First == _oldest) _highs.DropFirst();
            if (_lows.Count > 0 && _lows.First == _oldest) _lows.DropFirst();
        }
    }

    private void Grow()
    {
        var grown = new Bucket[_closed.Length * 2];
        for (var number = _oldest; number < _next; number++) grown[number & (grown.Length - 1)] = At(number);
        _closed = grown;
    }

    private struct Bucket
    {
        public long Minute;
        public decimal First;
        public decimal High;
        public decimal Low;
        public decimal Last;
        public double ValueUsd;
    }

    /// <summary>Numbers that come at the end and go at both ends.</summary>
    private sealed class NumberRing
    {
        private long[] _numbers = new long[32];
        private long _first;
        private long _end;

        public int Count => (int)(_end - _first);

        public long First => _numbers[_first & (_numbers.Length - 1)];

        public long Last => _numbers[(_end - 1) & (_numbers.Length - 1)];

        public void DropFirst() => _first++;

        public void DropLast() => _end--;

        public void Add(long number)
        {
            if (Count == _numbers.Length)
            {
                var grown = new long[_numbers.Length * 2];
                for (var i = _first; i < _end; i++) grown[i & (grown.Length - 1)] = _numbers[i & (_numbers.Length - 1)];
                _numbers = grown;
            }

            _numbers[_end++ & (_numbers.Length - 1)] = number;
        }
    }
}
