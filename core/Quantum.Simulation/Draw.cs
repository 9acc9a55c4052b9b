namespace Quantum.Simulation;

/// <summary>
/// A stream of chance of its own, from the seed and what it is for: leaving one fault out changes no draw of another.
/// SplitMix64 (Steele, Lea, Flood 2014) over an FNV-1a hash of what it is for.
/// </summary>
internal struct Draw
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    private Draw(ulong state) => _state = state;

    public static Draw Of(long seed, string what, long first = 0, long second = 0)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in what) hash = (hash ^ letter) * 1099511628211UL;
        var draw = new Draw(hash ^ ((ulong)seed * Golden));
        draw._state = draw.Bits() ^ ((ulong)first * Golden);
        draw._state = draw.Bits() ^ ((ulong)second * Golden);
        return draw;
    }

    /// <summary>0 to below 1.</summary>
    public double Next() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 to below a count.</summary>
    public int Below(int count) => (int)(Next() * count);

    /// <summary>From low to below high.</summary>
    public long Between(long low, long high) => low + (long)(Next() * (high - low));

    public bool Chance(double probability) => Next() < probability;

    private ulong Bits()
    {
        var z = _state += Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
