namespace CryptoExchange.Net.Objects;

/// <summary>The caller gave up: whether the exchange took the request is unknown.</summary>
public class CancellationRequestedError : Error
{
    private static readonly ErrorInfo s_kind = new(ErrorType.CancellationRequested, false, "Given up by the caller");

    // The library takes the exception and keeps none.
    public CancellationRequestedError(Exception? exception = null)
        : base(null, s_kind, null) => _ = exception;
}
