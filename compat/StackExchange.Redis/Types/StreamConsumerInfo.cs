namespace StackExchange.Redis;

/// <summary>What XINFO CONSUMERS says about one consumer.</summary>
public readonly struct StreamConsumerInfo
{
    internal StreamConsumerInfo(RedisResult reply)
    {
        var map = reply.ToDictionary();
        Name = (string)map["name"]!;
        PendingMessageCount = (int)map["pending"];
        IdleTimeInMilliseconds = (long)map["idle"];
    }

    public string Name { get; }

    public int PendingMessageCount { get; }

    public long IdleTimeInMilliseconds { get; }
}
