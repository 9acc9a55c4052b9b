namespace StackExchange.Redis;

/// <summary>A stream and the id after which to read it.</summary>
public readonly struct StreamPosition(RedisKey key, RedisValue position)
{
    public RedisKey Key { get; } = key;

    public RedisValue Position { get; } = position;

    public static RedisValue Beginning => "-";

    public static RedisValue NewMessages => ">";

    // XREAD has no "-" and no ">"; the real client turns its two names into what each command wants.
    internal static RedisValue ForRead(RedisValue position) =>
        position == Beginning ? "0-0" : position == NewMessages ? "$" : position;

    internal static RedisValue ForGroup(RedisValue position) => position == Beginning ? "0-0" : position;
}
