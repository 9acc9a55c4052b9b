using System.Security.Cryptography;
using System.Text;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>A request as it came over the wire.</summary>
internal sealed record SeenRequest(
    string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    private const string Signature = "&signature=";

    /// <summary>What the client signs: the query of what is read, the body of what is done.</summary>
    public string Parameters => Query.Length > 0 ? Query : Body;

    public bool IsSigned => Parameters.Contains(Signature, StringComparison.Ordinal);

    public string[] Names => [.. Parts.Select(part => part[0])];

    private string[][] Parts => [.. Parameters.Split('&').Select(part => part.Split('=', 2))];

    public string this[string name] => Parts.Single(part => part[0] == name)[1];

    /// <summary>The timestamp, as a time.</summary>
    public DateTime Timestamp =>
        DateTime.UnixEpoch.AddMilliseconds(long.Parse(this["timestamp"], provider: null));

    /// <summary>True when the last parameter is the HMAC of all before it, in capitals.</summary>
    public bool IsSignedWith(string secret)
    {
        var at = Parameters.LastIndexOf(Signature, StringComparison.Ordinal);
        if (at < 0) return false;
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Parameters[..at]));
        return Parameters[(at + Signature.Length)..] == Convert.ToHexString(hash);
    }
}
