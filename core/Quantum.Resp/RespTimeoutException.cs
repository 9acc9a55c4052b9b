namespace Quantum.Resp;

/// <summary>A reply did not come in time. The command may have run; the connection is closed.</summary>
public sealed class RespTimeoutException : RespException
{
    public RespTimeoutException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
