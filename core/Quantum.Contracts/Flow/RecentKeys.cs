namespace Quantum.Contracts.Flow;

/// <summary>
/// What the texts that were asked for last mean, found by the text's own object: the symbols of a run are asked for
/// again and again. A small table that forgets; what it does not hold its owner looks up. Not for several threads.
/// </summary>
public sealed class RecentKeys<TValue>
{
    private const int Places = 64;
    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>True when it holds the text, as the same object.</summary>
    public bool TryGet(string key, out TValue value)
    {
        ref var entry = ref _entries[PlaceOf(key)];
        value = entry.Value;
        return ReferenceEquals(entry.Key, key);
    }

    /// <summary>Keeps a value until another text takes its place.</summary>
    public void Put(string key, TValue value) => _entries[PlaceOf(key)] = new Entry { Key = key, Value = value };

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_entries);

    /// <summary>
    /// A number that follows from a text's length and three of its letters, the same in every process.
    /// </summary>
    internal static int Spread(string key) => key.Length < 3
        ? key.Length
        : key.Length + key[0] * 5 + key[1] * 23 + key[2] * 7;

    private static int PlaceOf(string key) => Spread(key) % Places;

    private struct Entry
    {
        public string? Key;
        public TValue Value;
    }
}
