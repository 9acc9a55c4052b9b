namespace CryptoExchange.Net.Objects;

/// <summary>A signed call without credentials in the options.</summary>
public class NoApiCredentialsError() : Error(null, s_kind, null)
{
    private static readonly ErrorInfo s_kind = new(ErrorType.MissingCredentials, false, "There are no credentials");
}
