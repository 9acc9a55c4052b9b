namespace StackExchange.Redis;

/// <summary>What XINFO GROUPS says about one group.</summary>
public readonly struct StreamGroupInfo
{
    internal StreamGroupInfo(RedisResult reply)
    {
        Name = (string)reply.Field("name")!;
        PendingMessageCount = (int)(long)reply.Field("pending")!;
        LastDeliveredId = (string?)reply.Field("last-delivered-id");
    }

    public string Name { get; }

    public int PendingMessageCount { get; }

    public string? LastDeliveredId { get; }
}
