namespace StackExchange.Redis;

/// <summary>What XPENDING says about a group as a whole.</summary>
public readonly struct StreamPendingInfo
{
    private readonly StreamConsumer[]? _consumers;

    internal StreamPendingInfo(RedisResult reply)
    {
        PendingMessageCount = (int)reply[0];
        LowestPendingMessageId = reply[1].Value;
        HighestPendingMessageId = reply[2].Value;
        _consumers = reply[3].IsNull
            ? []
            : Array.ConvertAll(reply[3].Items, item => new StreamConsumer(item[0].Value, (int)item[1]));
    }

    public int PendingMessageCount { get; }

    public RedisValue LowestPendingMessageId { get; }

    public RedisValue HighestPendingMessageId { get; }

    public StreamConsumer[] Consumers => _consumers ?? [];
}
