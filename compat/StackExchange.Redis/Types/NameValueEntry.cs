namespace StackExchange.Redis;

/// <summary>One field of a stream entry.</summary>
public readonly struct NameValueEntry(RedisValue name, RedisValue value)
{
    public RedisValue Name { get; } = name;

    public RedisValue Value { get; } = value;
}
