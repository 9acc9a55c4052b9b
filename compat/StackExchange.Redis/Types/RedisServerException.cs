namespace StackExchange.Redis;

/// <summary>The server answered with an error.</summary>
public sealed class RedisServerException(string message) : RedisException(message);
