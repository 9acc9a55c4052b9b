namespace StackExchange.Redis;

/// <summary>No connection, or it ended while a command was under way.</summary>
public sealed class RedisConnectionException(
    ConnectionFailureType failureType,
    string message,
    Exception? innerException = null) : RedisException(message, innerException)
{
    public ConnectionFailureType FailureType { get; } = failureType;
}
