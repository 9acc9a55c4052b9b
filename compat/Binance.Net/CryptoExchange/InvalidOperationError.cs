namespace CryptoExchange.Net.Objects;

/// <summary>The client is in no state to do this.</summary>
public class InvalidOperationError(string message) : Error(null, s_kind with { Message = message }, null)
{
    private static readonly ErrorInfo s_kind = new(ErrorType.InvalidOperation, false, "Invalid operation");
}
