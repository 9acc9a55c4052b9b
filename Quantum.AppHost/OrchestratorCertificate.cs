using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

#pragma warning disable ASPIRECERTIFICATES001 // There is no other way to give the orchestrator a certificate yet.

namespace Quantum.AppHost;

/// <summary>
/// The certificate of the orchestrator's own interface on the loopback address, kept beside the build. Without one the
/// orchestrator makes an RSA key at every start, which takes two to five seconds of processor time before anything
/// runs. Nothing else is given it: no service, no dashboard, and it is trusted by nobody else.
/// </summary>
internal sealed class OrchestratorCertificate : IDeveloperCertificateService
{
    private const string UsedByOrchestrator = "ASPIRE_DCP_USE_DEVELOPER_CERTIFICATE";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan s_least = TimeSpan.FromDays(30);
    private readonly Lazy<ImmutableList<X509Certificate2>> _certificates = new(() => [Kept() ?? Made()]);

    public ImmutableList<X509Certificate2> Certificates => _certificates.Value;

    public bool SupportsContainerTrust => false;

    public bool TrustCertificate => false;

    public bool UseForHttps => false;

    public bool LatestCertificateIsUntrusted => false;

    private static string Place => Path.Combine(Places.Root, ".quantum", "orchestrator.pfx");

    /// <summary>Has the orchestrator use it.</summary>
    public static void Use(IDistributedApplicationBuilder builder)
    {
        builder.Configuration[UsedByOrchestrator] = "true";
        builder.Services.Replace(
            ServiceDescriptor.Singleton<IDeveloperCertificateService, OrchestratorCertificate>());
    }

    private static X509Certificate2? Kept()
    {
        try
        {
            var kept = X509CertificateLoader.LoadPkcs12FromFile(
                Place, null, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);
            return kept.NotAfter > DateTime.Now + s_least ? kept : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Not there, not ours to read or torn: another is made.
            return null;
        }
    }

    private static X509Certificate2 Made()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=quantum orchestrator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.Now;
        var made = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + s_lifetime);
        Keep(made.Export(X509ContentType.Pkcs12));
        return made;
    }

    private static void Keep(byte[] certificate)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
            var torn = Path.Combine(folder.FullName, Path.GetRandomFileName());
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(torn, options)) file.Write(certificate);
            File.Move(torn, Place, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written costs the next start a new certificate, and nothing else.
        }
    }
}
