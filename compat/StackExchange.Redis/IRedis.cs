namespace StackExchange.Redis;

/// <summary>What every part of the client offers, blocking.</summary>
public interface IRedis : IRedisAsync
{
    TimeSpan Ping(CommandFlags flags = CommandFlags.None);
}
