namespace CryptoExchange.Net.Objects;

/// <summary>The request broke off: whether the exchange took it is unknown.</summary>
public class WebError : Error
{
    private const string Text = "The request broke off in the network";

    private static readonly ErrorInfo s_kind = new(ErrorType.NetworkError, true, Text);

    public WebError(string? message = null, Exception? exception = null)
        : base(null, s_kind with { Message = string.IsNullOrEmpty(message) ? Text : $"{Text}: {message}" }, exception)
    {
    }
}
