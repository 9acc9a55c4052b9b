namespace CryptoExchange.Net.Objects;

/// <summary>A reply to a websocket request did not come in time.</summary>
public class TimeoutError : Error
{
    private static readonly ErrorInfo s_kind = new(ErrorType.Timeout, false, "No reply in time");

    public TimeoutError(string? message = null, Exception? exception = null)
        : base(null, s_kind with { Message = string.IsNullOrEmpty(message) ? "No reply in time" : "No reply in time: " + message }, exception)
    {
    }
}
