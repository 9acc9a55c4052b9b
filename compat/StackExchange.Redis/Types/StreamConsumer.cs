namespace StackExchange.Redis;

/// <summary>How many entries one consumer holds.</summary>
public readonly struct StreamConsumer
{
    internal StreamConsumer(RedisValue name, int pendingMessageCount)
    {
        Name = name;
        PendingMessageCount = pendingMessageCount;
    }

    public RedisValue Name { get; }

    public int PendingMessageCount { get; }
}
