using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Quantum.Testing;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class TlsTests
{
    [Fact]
    public async Task Tls_is_spoken_and_the_certificate_is_checked()
    {
        var folder = Directory.CreateTempSubdirectory("quantum-tls-");
        var (certificate, key) = (Path.Combine(folder.FullName, "c.pem"), Path.Combine(folder.FullName, "k.pem"));
        WriteCertificate(certificate, key);
        var port = RedisProcess.FreePort();
        using var server = RedisProcess.Start(
            "--tls-port", $"{port}", "--tls-cert-file", certificate, "--tls-key-file", key,
            "--tls-ca-cert-file", certificate, "--tls-auth-clients", "no");
        var text = $"127.0.0.1:{port},password={RedisProcess.Password},ssl=true,sslHost=localhost,connectRetry=1";
        var untrusted = await Assert.ThrowsAsync<RedisConnectionException>(
            () => SharedRedis.ConnectAsync(text));
        Assert.Contains("TLS handshake", untrusted.Message, StringComparison.Ordinal);

        var options = ConfigurationOptions.Parse(text);
        using var pinned = X509CertificateLoader.LoadCertificateFromFile(certificate);
        options.CertificateValidation += (_, shown, _, _) =>
            shown?.GetCertHashString() == pinned.GetCertHashString();
        await using var client = await ConnectionMultiplexer.ConnectAsync(options);
        await client.GetDatabase().StringSetAsync("over", "tls");
        Assert.Equal("tls", (string?)await client.GetDatabase().StringGetAsync("over"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Tls_against_a_plain_server_ends_with_an_error()
    {
        using var server = RedisProcess.Start();
        var error = await Assert.ThrowsAsync<RedisConnectionException>(() => SharedRedis.ConnectAsync(
            $"127.0.0.1:{server.Port},ssl=true,connectRetry=1,connectTimeout=3000"));
        Assert.Equal(ConnectionFailureType.UnableToConnect, error.FailureType);
    }

    private static void WriteCertificate(string certificate, string key)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(certificate, own.ExportCertificatePem());
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
    }
}
