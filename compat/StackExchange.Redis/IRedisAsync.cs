namespace StackExchange.Redis;

/// <summary>What every part of the client offers, asynchronous.</summary>
public interface IRedisAsync
{
    IConnectionMultiplexer Multiplexer { get; }

    Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None);
}
