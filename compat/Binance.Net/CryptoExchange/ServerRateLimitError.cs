namespace CryptoExchange.Net.Objects;

/// <summary>The exchange refuses for its rate limits.</summary>
public class ServerRateLimitError : BaseRateLimitError
{
    private const string Text = "The server's rate limit is exceeded";

    public ServerRateLimitError(string? message = null, Exception? exception = null)
        : base(Kind(message), exception)
    {
    }

    protected ServerRateLimitError(ErrorInfo info, Exception? exception)
        : base(info, exception)
    {
    }

    protected static ErrorInfo Kind(string? message, params string[] codes) =>
        new(ErrorType.RateLimitRequest, false, Text, codes)
        {
            Message = string.IsNullOrEmpty(message) ? Text : $"{Text}: {message}",
        };
}
