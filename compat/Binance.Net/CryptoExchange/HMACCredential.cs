using System.Text;

namespace CryptoExchange.Net.Authentication;

/// <summary>A public key and the secret that signs requests with HMAC.</summary>
public class HMACCredential(string key, string secret) : ApiCredentials
{
    private byte[]? _bytes;

    public string Key { get; set; } = key;

    public string Secret { get; set; } = secret;

    public byte[] GetSBytes() => _bytes ??= Encoding.UTF8.GetBytes(Secret);

    public override ApiCredentials Copy() => new HMACCredential(Key, Secret);

    public override void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Key);
        ArgumentException.ThrowIfNullOrEmpty(Secret);
    }
}
