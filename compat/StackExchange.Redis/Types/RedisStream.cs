namespace StackExchange.Redis;

/// <summary>The entries read from one of several streams.</summary>
public readonly struct RedisStream
{
    internal RedisStream(RedisKey key, StreamEntry[] entries)
    {
        Key = key;
        Entries = entries;
    }

    public RedisKey Key { get; }

    public StreamEntry[] Entries { get; }
}
