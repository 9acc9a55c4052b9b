namespace StackExchange.Redis;

/// <summary>One field of a hash.</summary>
public readonly record struct HashEntry(RedisValue Name, RedisValue Value)
{
    public static implicit operator KeyValuePair<RedisValue, RedisValue>(HashEntry value) =>
        new(value.Name, value.Value);

    public static implicit operator HashEntry(KeyValuePair<RedisValue, RedisValue> value) =>
        new(value.Key, value.Value);

    public override string ToString() => $"{Name}: {Value}";
}

/// <summary>One field of a stream entry.</summary>
public readonly record struct NameValueEntry(RedisValue Name, RedisValue Value)
{
    public static implicit operator NameValueEntry(KeyValuePair<RedisValue, RedisValue> value) =>
        new(value.Key, value.Value);

    public override string ToString() => $"{Name}: {Value}";
}

/// <summary>One member of a sorted set with its score.</summary>
public readonly record struct SortedSetEntry(RedisValue Element, double Score)
{
    public override string ToString() => $"{Element}: {Score}";
}
