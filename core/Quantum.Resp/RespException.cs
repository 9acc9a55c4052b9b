namespace Quantum.Resp;

/// <summary>Anything that goes wrong between this process and Redis.</summary>
public abstract class RespException : Exception
{
    private protected RespException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
