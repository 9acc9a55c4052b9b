using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Quantum.Testing;

/// <summary>A throw-away root and a certificate for `localhost`, as files that redis-server reads.</summary>
internal sealed class TlsFiles : IDisposable
{
    private readonly string _folder;

    private TlsFiles(string folder, X509Certificate2 root)
    {
        _folder = folder;
        Roots = [root];
    }

    public X509Certificate2Collection Roots { get; }

    public static TlsFiles Create(string folder)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        var rootRequest = new CertificateRequest("CN=Quantum test root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        rootRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(rootRequest.PublicKey, false));
        using var root = rootRequest.CreateSelfSigned(from, from.AddDays(30));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var leaf = request.Create(root, from.AddHours(1), from.AddDays(20), RandomNumberGenerator.GetBytes(8));

        File.WriteAllText(Path.Combine(folder, "root.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), leaf.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
        return new TlsFiles(folder, X509CertificateLoader.LoadCertificate(root.RawData));
    }

    public string[] Arguments(string port) =>
    [
        "--port", "0", "--tls-port", port, "--tls-auth-clients", "no",
        "--tls-ca-cert-file", Path.Combine(_folder, "root.pem"),
        "--tls-cert-file", Path.Combine(_folder, "server.pem"),
        "--tls-key-file", Path.Combine(_folder, "server.key"),
    ];

    public void Dispose()
    {
        foreach (var root in Roots) root.Dispose();
    }
}
