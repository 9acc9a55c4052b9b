namespace StackExchange.Redis;

/// <summary>Publishes messages and receives those of subscribed channels.</summary>
public interface ISubscriber : IRedis
{
    bool IsConnected(RedisChannel channel = default);

    Task<long> PublishAsync(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None);

    long Publish(RedisChannel channel, RedisValue message, CommandFlags flags = CommandFlags.None);

    /// <summary>Calls the handler for each message; a reconnect keeps the subscription, not what it missed.</summary>
    Task SubscribeAsync(
        RedisChannel channel,
        Action<RedisChannel, RedisValue> handler,
        CommandFlags flags = CommandFlags.None);

    void Subscribe(
        RedisChannel channel,
        Action<RedisChannel, RedisValue> handler,
        CommandFlags flags = CommandFlags.None);

    Task UnsubscribeAsync(
        RedisChannel channel,
        Action<RedisChannel, RedisValue>? handler = null,
        CommandFlags flags = CommandFlags.None);

    Task UnsubscribeAllAsync(CommandFlags flags = CommandFlags.None);
}
