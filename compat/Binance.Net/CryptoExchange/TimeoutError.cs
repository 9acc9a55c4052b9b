namespace CryptoExchange.Net.Objects;

/// <summary>A reply to a websocket request did not come in time.</summary>
public class TimeoutError : Error
{
    private const string Text = "No reply in time";

    private static readonly ErrorInfo s_kind = new(ErrorType.Timeout, false, Text);

    public TimeoutError(string? message = null, Exception? exception = null)
        : base(null, s_kind with { Message = string.IsNullOrEmpty(message) ? Text : $"{Text}: {message}" }, exception)
    {
    }
}
