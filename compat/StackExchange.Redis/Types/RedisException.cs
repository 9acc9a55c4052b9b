namespace StackExchange.Redis;

/// <summary>Anything that Redis or the way to it got wrong.</summary>
public class RedisException(string message, Exception? innerException = null) : Exception(message, innerException);
