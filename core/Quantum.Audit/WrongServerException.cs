namespace Quantum.Audit;

/// <summary>The server is of a kind that holds no streams; the message names one that does.</summary>
public sealed class WrongServerException : RespException
{
    public WrongServerException(string message) : base(message)
    {
    }
}
