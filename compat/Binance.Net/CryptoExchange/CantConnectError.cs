namespace CryptoExchange.Net.Objects;

/// <summary>The websocket could not be opened.</summary>
public class CantConnectError : Error
{
    private static readonly ErrorInfo s_kind = new(ErrorType.UnableToConnect, false, "The server cannot be reached");

    public CantConnectError()
        : base(null, s_kind, null)
    {
    }

    public CantConnectError(Exception? exception)
        : base(null, s_kind, exception)
    {
    }
}
