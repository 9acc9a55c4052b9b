namespace StackExchange.Redis;

/// <summary>No reply came in time.</summary>
public sealed class RedisTimeoutException(string message) : TimeoutException(message);
