namespace StackExchange.Redis;

/// <summary>One field of a hash.</summary>
public readonly struct HashEntry(RedisValue name, RedisValue value)
{
    public RedisValue Name { get; } = name;

    public RedisValue Value { get; } = value;
}
