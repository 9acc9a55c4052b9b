using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Quantum.Resp;

/// <summary>Where Redis is and how to get in: the usual .NET connection string, read strictly.</summary>
public sealed record RespEndpoint
{
    public const int DefaultPort = 6379;
    public const int DefaultTlsPort = 6380;

    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65535.</summary>
    public int Port { get; init; } = DefaultPort;

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool UseTls { get; init; }

    /// <summary>The name that the server's certificate must carry; null means <see cref="Host"/>.</summary>
    public string? TlsHost { get; init; }

    /// <summary>Roots that the server's certificate may come from; null means those of the machine.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Number of the Redis database, 0 or more.</summary>
    public int Database { get; init; }

    /// <summary>The name shown by CLIENT LIST; null leaves it empty.</summary>
    public string? ClientName { get; init; }

    /// <summary>How long making one connection may take, in milliseconds, 1 or more.</summary>
    public int ConnectTimeoutMs { get; init; } = 5_000;

    /// <summary>How long a reply may take, on top of a BLOCK time, in milliseconds, 1 or more.</summary>
    public int ReplyTimeoutMs { get; init; } = 5_000;

    /// <summary>How long a server that is loading its data is waited for, in milliseconds, 0 or more.</summary>
    public int LoadingTimeoutMs { get; init; } = 60_000;

    /// <summary>True when a first connection that fails shall fail at once, without retries.</summary>
    public bool AbortOnConnectFail { get; init; }

    /// <summary>
    /// The environment variable with a PEM file of <see cref="TrustedRoots"/>: the one StackExchange.Redis reads.
    /// </summary>
    public const string RootsVariable = "SERedis_IssuerCertPath";

    /// <summary>The roots of a PEM file; null for none. Throws <see cref="FormatException"/>, which names it.</summary>
    public static X509Certificate2Collection? RootsOf(string? path)
    {
        if (string.IsNullOrEmpty(path)) return null;
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            return roots;
        }
        catch (Exception fault) when (fault is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new FormatException(
                $"The file of trusted roots '{path}' ({RootsVariable}) cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Reads `host:port,password=…,ssl=true,user=…,defaultDatabase=…`; throws one clear message.</summary>
    /// <param name="connectionString">The text.</param>
    /// <param name="source">Where it was given, such as an option, for the message; null: nowhere.</param>
    public static RespEndpoint Parse(string connectionString, string? source = null)
    {
        try
        {
            return RespConnectionString.Parse(connectionString);
        }
        catch (FormatException fault) when (source is not null)
        {
            throw new FormatException($"{source} cannot be read. {fault.Message}", fault);
        }
    }

    /// <summary>The connection string without its secret, and without the name, which a program gives.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var text = string.Create(CultureInfo.InvariantCulture, $"{host}:{Port}");
        if (User is not null) text += $",user={User}";
        if (Password is not null) text += ",password=***";
        if (UseTls) text += ",ssl=true";
        if (TlsHost is not null) text += $",sslHost={TlsHost}";
        if (Database != 0) text += string.Create(CultureInfo.InvariantCulture, $",defaultDatabase={Database}");
        return text;
    }
}
