namespace Quantum.Resp;

/// <summary>No connection: it could not be made, was closed, or is used after it broke.</summary>
public sealed class RespConnectionException : RespException
{
    public RespConnectionException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
