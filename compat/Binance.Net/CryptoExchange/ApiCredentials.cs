namespace CryptoExchange.Net.Authentication;

public abstract class ApiCredentials
{
    /// <exception cref="ArgumentException">A part of the credentials is missing.</exception>
    public abstract void Validate();

    public abstract ApiCredentials Copy();
}
