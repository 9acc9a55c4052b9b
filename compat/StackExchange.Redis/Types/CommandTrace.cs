namespace StackExchange.Redis;

/// <summary>One entry of SLOWLOG GET.</summary>
public sealed class CommandTrace
{
    internal CommandTrace(RedisResult reply)
    {
        UniqueId = reply[0].Int64;
        Time = DateTime.UnixEpoch.AddSeconds(reply[1].Int64);
        Duration = TimeSpan.FromMicroseconds(reply[2].Int64);
        Arguments = (RedisValue[])reply[3]!;
    }

    public long UniqueId { get; }

    public DateTime Time { get; }

    public TimeSpan Duration { get; }

    public RedisValue[] Arguments { get; }
}
