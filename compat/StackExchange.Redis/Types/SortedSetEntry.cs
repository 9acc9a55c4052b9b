namespace StackExchange.Redis;

/// <summary>One member of a sorted set with its score.</summary>
public readonly struct SortedSetEntry(RedisValue element, double score) : IEquatable<SortedSetEntry>
{
    public RedisValue Element { get; } = element;

    public double Score { get; } = score;

    public override string ToString() => $"{Element}: {Score}";

    public bool Equals(SortedSetEntry other) => Score.Equals(other.Score) && Element == other.Element;

    public override bool Equals(object? obj) => obj is SortedSetEntry other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Element, Score);

    public static bool operator ==(SortedSetEntry x, SortedSetEntry y) => x.Equals(y);

    public static bool operator !=(SortedSetEntry x, SortedSetEntry y) => !x.Equals(y);
}
