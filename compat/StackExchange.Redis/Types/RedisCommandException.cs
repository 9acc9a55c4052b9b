namespace StackExchange.Redis;

/// <summary>A command that this client refuses to send.</summary>
public sealed class RedisCommandException(string message) : Exception(message);
