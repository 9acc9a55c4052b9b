namespace StackExchange.Redis;

/// <summary>What XINFO GROUPS says about one group.</summary>
public readonly struct StreamGroupInfo
{
    internal StreamGroupInfo(RedisResult reply)
    {
        var map = reply.ToDictionary();
        Name = (string)map["name"]!;
        ConsumerCount = (int)map["consumers"];
        PendingMessageCount = (int)map["pending"];
        LastDeliveredId = (string?)map["last-delivered-id"];
        EntriesRead = map.TryGetValue("entries-read", out var read) ? (long?)read : null;
        Lag = map.TryGetValue("lag", out var lag) ? (long?)lag : null;
    }

    public string Name { get; }

    public int ConsumerCount { get; }

    public int PendingMessageCount { get; }

    public string? LastDeliveredId { get; }

    public long? EntriesRead { get; }

    public long? Lag { get; }
}
