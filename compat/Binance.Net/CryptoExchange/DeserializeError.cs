namespace CryptoExchange.Net.Objects;

/// <summary>The reply is not what it should be: whether the exchange did it is unknown.</summary>
public class DeserializeError : Error
{
    private const string Text = "The reply cannot be read";

    private static readonly ErrorInfo s_kind = new(ErrorType.DeserializationFailed, false, Text);

    public DeserializeError(string? message = null, Exception? exception = null)
        : base(null, s_kind with { Message = string.IsNullOrEmpty(message) ? Text : message }, exception)
    {
    }
}
