namespace StackExchange.Redis;

/// <summary>One field of a stream entry.</summary>
public readonly struct NameValueEntry(RedisValue name, RedisValue value) : IEquatable<NameValueEntry>
{
    public RedisValue Name { get; } = name;

    public RedisValue Value { get; } = value;

    public override string ToString() => $"{Name}: {Value}";

    public bool Equals(NameValueEntry other) => Name == other.Name && Value == other.Value;

    public override bool Equals(object? obj) => obj is NameValueEntry other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Name, Value);

    public static bool operator ==(NameValueEntry x, NameValueEntry y) => x.Equals(y);

    public static bool operator !=(NameValueEntry x, NameValueEntry y) => !x.Equals(y);

    public static implicit operator KeyValuePair<RedisValue, RedisValue>(NameValueEntry value) =>
        new(value.Name, value.Value);

    public static implicit operator NameValueEntry(KeyValuePair<RedisValue, RedisValue> value) =>
        new(value.Key, value.Value);
}
