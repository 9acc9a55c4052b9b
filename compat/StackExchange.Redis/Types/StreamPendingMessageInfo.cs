namespace StackExchange.Redis;

/// <summary>One pending entry of a group.</summary>
public readonly struct StreamPendingMessageInfo
{
    internal StreamPendingMessageInfo(RedisResult reply)
    {
        MessageId = reply[0].Value;
        ConsumerName = reply[1].Value;
        IdleTimeInMilliseconds = reply[2].Int64;
        DeliveryCount = (int)reply[3];
    }

    public RedisValue MessageId { get; }

    public RedisValue ConsumerName { get; }

    public long IdleTimeInMilliseconds { get; }

    public int DeliveryCount { get; }
}
