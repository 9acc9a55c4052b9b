namespace Quantum.Resp;

/// <summary>The bytes received are no RESP2 or pass a limit; the connection is closed.</summary>
public sealed class RespProtocolException : RespException
{
    public RespProtocolException(string message) : base(message)
    {
    }
}
