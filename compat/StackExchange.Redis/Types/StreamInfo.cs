namespace StackExchange.Redis;

/// <summary>What XINFO STREAM says.</summary>
public readonly struct StreamInfo
{
    internal StreamInfo(RedisResult reply)
    {
        Length = (int)(long)reply.Field("length")!;
        LastGeneratedId = reply.Field("last-generated-id")!.Value;
        EntriesAdded = reply.Field("entries-added") is { } added ? (long)added : -1;
    }

    public int Length { get; }

    public RedisValue LastGeneratedId { get; }

    /// <summary>-1 from a server before Redis 7.</summary>
    public long EntriesAdded { get; }
}
