namespace Quantum.Venue.Market;

/// <summary>The newest of a row of things, oldest first; what is beyond the most pushes the oldest out.</summary>
internal sealed class Recent<T>(int most)
{
    private T[] _ring = new T[Math.Min(most, 64)];
    private int _first;

    public int Count { get; private set; }

    public T this[int index] => _ring[(_first + index) % _ring.Length];

    public void Add(T item)
    {
        if (Count == _ring.Length && Count < most) Grow();
        if (Count < _ring.Length)
        {
            _ring[(_first + Count++) % _ring.Length] = item;
            return;
        }

        _ring[_first] = item;
        _first = (_first + 1) % _ring.Length;
    }

    /// <summary>The first whose value reaches a bound, in a row whose values rise; the count when none does.</summary>
    public int FirstAt(long bound, Func<T, long> valueOf)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (valueOf(this[middle]) < bound) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void Grow()
    {
        var larger = new T[Math.Min(most, _ring.Length * 2)];
        for (var i = 0; i < Count; i++) larger[i] = this[i];
        (_ring, _first) = (larger, 0);
    }
}
