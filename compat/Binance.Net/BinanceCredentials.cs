namespace Binance.Net;

/// <summary>Credentials of an account; of the library's kinds the stand-in has HMAC only.</summary>
public class BinanceCredentials : ApiCredentials
{
    public BinanceCredentials()
    {
    }

    public BinanceCredentials(string key, string secret) => HMAC = new(key, secret);

    public BinanceCredentials(HMACCredential credential) => HMAC = credential;

    public HMACCredential? HMAC { get; set; }

    /// <exception cref="InvalidOperationException">There are credentials already.</exception>
    public BinanceCredentials WithHMAC(string key, string secret)
    {
        if (HMAC is not null) throw new InvalidOperationException("Credentials are set already.");
        HMAC = new(key, secret);
        return this;
    }

    public override ApiCredentials Copy() => new BinanceCredentials { HMAC = HMAC };

    public override void Validate()
    {
        if (HMAC is null) throw new ArgumentException("There are no credentials.");
        HMAC.Validate();
    }
}
