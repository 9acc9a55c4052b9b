namespace StackExchange.Redis;

/// <summary>Anything that Redis or the way to it got wrong.</summary>
public class RedisException : Exception
{
    public RedisException(string message)
        : base(message)
    {
    }

    public RedisException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
