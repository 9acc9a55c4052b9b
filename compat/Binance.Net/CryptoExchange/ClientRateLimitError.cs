namespace CryptoExchange.Net.Objects;

/// <summary>The library's own limiter held the request back: it was not sent.</summary>
public class ClientRateLimitError(string? message = null, Exception? exception = null)
    : BaseRateLimitError(Kind(message), exception)
{
    private const string Text = "The client's rate limit is exceeded";

    private static ErrorInfo Kind(string? message) => new(ErrorType.RateLimitRequest, false, Text)
    {
        Message = string.IsNullOrEmpty(message) ? Text : $"{Text}: {message}",
    };
}
