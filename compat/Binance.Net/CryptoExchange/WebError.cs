namespace CryptoExchange.Net.Objects;

/// <summary>The request broke off: whether the exchange took it is unknown.</summary>
public class WebError : Error
{
    private static readonly ErrorInfo s_kind = new(ErrorType.NetworkError, true, "The request broke off in the network");

    public WebError(string? message = null, Exception? exception = null)
        : base(null, s_kind with { Message = string.IsNullOrEmpty(message) ? "The request broke off in the network" : "The request broke off in the network: " + message }, exception)
    {
    }
}
