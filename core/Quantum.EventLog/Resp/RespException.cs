namespace Quantum.EventLog.Resp;

/// <summary>Anything that goes wrong between this process and Redis.</summary>
public abstract class RespException : Exception
{
    private protected RespException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}

/// <summary>No connection: it could not be made, was closed, or is used after it broke.</summary>
public sealed class RespConnectionException : RespException
{
    public RespConnectionException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}

/// <summary>A reply did not come in time. The command may have run; the connection is closed.</summary>
public sealed class RespTimeoutException : RespException
{
    public RespTimeoutException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}

/// <summary>The bytes received are no RESP2 or pass a limit; the connection is closed.</summary>
public sealed class RespProtocolException : RespException
{
    public RespProtocolException(string message) : base(message)
    {
    }
}
