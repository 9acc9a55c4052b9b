using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Quantum.AppHost;

/// <summary>
/// The certificate of a local Redis, made at each start with a root of its own: clients trust that root and nobody
/// else, and its key is gone as soon as it has signed.
/// </summary>
/// <param name="Root">The root, a PEM file.</param>
/// <param name="Certificate">The server's certificate, a PEM file.</param>
/// <param name="Key">The server's key, a PEM file that only its owner reads.</param>
internal sealed record RedisCertificate(string Root, string Certificate, string Key)
{
    /// <summary>Both clients read from it whose certificates they trust; it is StackExchange.Redis' own.</summary>
    public const string Variable = "SERedis_IssuerCertPath";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int SerialBytes = 16;
    private static readonly TimeSpan s_clockDifference = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_life = TimeSpan.FromDays(365);

    /// <summary>Makes one for this machine's loopback names.</summary>
    /// <param name="folder">Where the server's files go.</param>
    /// <param name="root">Where the root goes, for whoever connects.</param>
    public static RedisCertificate Make(string folder, string root)
    {
        var made = new RedisCertificate(
            root, Path.Combine(folder, "redis-certificate.pem"), Path.Combine(folder, "redis-key.pem"));
        var from = DateTimeOffset.UtcNow - s_clockDifference;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Quantum run", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        rootRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(rootRequest.PublicKey, false));
        using var issuer = rootRequest.CreateSelfSigned(from, from + s_life);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Quantum's Redis", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var server = request.Create(issuer, from, from + s_life, RandomNumberGenerator.GetBytes(SerialBytes));

        PrivateFile.Write(made.Root, issuer.ExportCertificatePem());
        PrivateFile.Write(made.Certificate, server.ExportCertificatePem());
        PrivateFile.Write(made.Key, key.ExportPkcs8PrivateKeyPem());
        return made;
    }

    /// <summary>The settings of a server that listens on this port with TLS and on none without.</summary>
    public string[] Settings(string port) =>
    [
        "port 0", $"tls-port {port}", "tls-auth-clients no", $"tls-ca-cert-file \"{Root}\"",
        $"tls-cert-file \"{Certificate}\"", $"tls-key-file \"{Key}\"",
    ];
}
