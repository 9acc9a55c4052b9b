using System.Globalization;
using System.Net.Security;
using Microsoft.Extensions.Logging;

namespace StackExchange.Redis;

/// <summary>How to reach Redis: the parsed form of <c>host:port,password=…,ssl=true</c>.</summary>
public sealed class ConfigurationOptions
{
    private static readonly string[] OnlyInTheRealOne =
    [
        "channelPrefix", "configChannel", "configCheckSeconds", "highIntegrity", "protocol", "proxy", "resolveDns",
        "sentinelPassword", "sentinelUser", "serviceName", "setlib", "sslProtocols", "tcpKeepAlive",
        "tiebreaker", "tunnel", "version",
    ];

    private static readonly Dictionary<string, Keyword> Keywords = All().ToDictionary(
        keyword => keyword.Name,
        StringComparer.OrdinalIgnoreCase);

    private bool? _abortOnConnectFail;
    private bool? _allowAdmin;
    private bool? _ssl;
    private bool? _checkCertificateRevocation;
    private int? _asyncTimeout;
    private int? _connectRetry;
    private int? _connectTimeout;
    private int? _keepAlive;
    private int? _syncTimeout;

    /// <summary>Checks the certificate of the server; null means the platform's own check.</summary>
    public event RemoteCertificateValidationCallback? CertificateValidation;

    public EndPointCollection EndPoints { get; } = [];

    public string? ClientName { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    public string? SslHost { get; set; }

    public int? DefaultDatabase { get; set; }

    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Whether to throw when no server answers at the start, instead of trying on in the background.</summary>
    public bool AbortOnConnectFail { get => _abortOnConnectFail ?? true; set => _abortOnConnectFail = value; }

    public bool AllowAdmin { get => _allowAdmin ?? false; set => _allowAdmin = value; }

    public bool Ssl { get => _ssl ?? false; set => _ssl = value; }

    public bool CheckCertificateRevocation
    {
        get => _checkCertificateRevocation ?? true;
        set => _checkCertificateRevocation = value;
    }

    /// <summary>Attempts at the start, at least 1.</summary>
    public int ConnectRetry { get => _connectRetry ?? 3; set => _connectRetry = value; }

    /// <summary>Milliseconds for one attempt to connect.</summary>
    public int ConnectTimeout { get => _connectTimeout ?? 5000; set => _connectTimeout = value; }

    /// <summary>Milliseconds that a blocking call waits for its reply.</summary>
    public int SyncTimeout { get => _syncTimeout ?? 5000; set => _syncTimeout = value; }

    /// <summary>Milliseconds that an asynchronous call waits for its reply.</summary>
    public int AsyncTimeout { get => _asyncTimeout ?? SyncTimeout; set => _asyncTimeout = value; }

    /// <summary>Seconds of silence after which the connection is probed; 0 or less means 60.</summary>
    public int KeepAlive { get => _keepAlive ?? 60; set => _keepAlive = value; }

    internal RemoteCertificateValidationCallback? CertificateCheck => CertificateValidation;

    internal bool AbortOnConnectFailIsSet => _abortOnConnectFail is not null;

    public static ConfigurationOptions Parse(string configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (string.IsNullOrWhiteSpace(configuration))
            throw new ArgumentException("The Redis connection string is empty.", nameof(configuration));
        var options = new ConfigurationOptions();
        foreach (var option in configuration.Split(',', StringSplitOptions.TrimEntries))
        {
            if (option.Length > 0)
                options.Read(option);
        }

        return options;
    }

    internal void SetDefaultPorts() => EndPoints.SetDefaultPorts(Ssl ? 6380 : 6379);

    public string ToString(bool includePassword)
    {
        var parts = EndPoints.Select(EndPointCollection.Format).ToList();
        foreach (var keyword in Keywords.Values)
        {
            var value = keyword.Write(this);
            if (keyword.Name == "password" && !includePassword && !string.IsNullOrEmpty(value))
                value = "*****";
            if (!string.IsNullOrWhiteSpace(value))
                parts.Add($"{keyword.Name}={value}");
        }

        return string.Join(',', parts);
    }

    private static IEnumerable<Keyword> All() =>
    [
        new("name", (o, v) => o.ClientName = v, o => o.ClientName),
        new("keepAlive", (o, v) => o._keepAlive = Number("keepAlive", v), o => Text(o._keepAlive)),
        new("syncTimeout", (o, v) => o._syncTimeout = Number("syncTimeout", v, 1), o => Text(o._syncTimeout)),
        new("asyncTimeout", (o, v) => o._asyncTimeout = Number("asyncTimeout", v, 1), o => Text(o._asyncTimeout)),
        new("allowAdmin", (o, v) => o._allowAdmin = Flag("allowAdmin", v), o => Text(o._allowAdmin)),
        new("connectTimeout", (o, v) => o._connectTimeout = Number("connectTimeout", v), o => Text(o._connectTimeout)),
        new("user", (o, v) => o.User = v, o => o.User),
        new("password", (o, v) => o.Password = v, o => o.Password),
        new("ssl", (o, v) => o._ssl = Flag("ssl", v), o => Text(o._ssl)),
        new(
            "checkCertificateRevocation",
            (o, v) => o._checkCertificateRevocation = Flag("checkCertificateRevocation", v),
            o => Text(o._checkCertificateRevocation)),
        new("sslHost", (o, v) => o.SslHost = v, o => o.SslHost),
        new(
            "abortConnect",
            (o, v) => o._abortOnConnectFail = Flag("abortConnect", v),
            o => Text(o._abortOnConnectFail)),
        new("connectRetry", (o, v) => o._connectRetry = Number("connectRetry", v), o => Text(o._connectRetry)),
        new(
            "defaultDatabase",
            (o, v) => o.DefaultDatabase = Number("defaultDatabase", v),
            o => Text(o.DefaultDatabase)),
        // The real client reads these and then does nothing with them.
        new("highPriorityThreads", (_, _) => { }, _ => null),
        new("preserveAsyncOrder", (_, _) => { }, _ => null),
        new("responseTimeout", (_, _) => { }, _ => null),
        new("writeBuffer", (_, _) => { }, _ => null),
        .. OnlyInTheRealOne.Select(name => new Keyword(
            name,
            (_, _) => throw new NotSupportedException(
                $"Keyword '{name}' is known to StackExchange.Redis but not to its stand-in; leave it out."),
            _ => null)),
    ];

    private static int Number(string key, string text, int least = int.MinValue)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new ArgumentOutOfRangeException(
                key, $"Keyword '{key}' requires an integer value; the value '{text}' is not recognised.");
        }

        return number >= least
            ? number
            : throw new ArgumentOutOfRangeException(
                key, $"Keyword '{key}' has a minimum value of '{least}'; the value '{number}' is not permitted.");
    }

    private static bool Flag(string key, string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => true,
        "FALSE" or "0" or "NO" or "OFF" => false,
        _ => throw new ArgumentOutOfRangeException(
            key, $"Keyword '{key}' requires a boolean value; the value '{text}' is not recognised."),
    };

    private static string? Text(bool? value) => value?.ToString();

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private void Read(string option)
    {
        var equals = option.IndexOf('=');
        if (equals > 0)
        {
            var key = option[..equals].Trim();
            if (!Keywords.TryGetValue(key, out var keyword))
                throw new ArgumentException($"Keyword '{key}' is not supported.", key);
            keyword.Read(this, option[(equals + 1)..].Trim());
        }
        else if (EndPointCollection.TryParse(option, out var endpoint))
        {
            EndPoints.Add(endpoint);
        }
        else
        {
            // Deliberately without the text: a password that holds a comma ends up here.
            throw new ArgumentException(
                "A part of the Redis connection string is neither host:port nor keyword=value; "
                + "a password must not contain a comma.");
        }
    }

    private sealed record Keyword(
        string Name,
        Action<ConfigurationOptions, string> Read,
        Func<ConfigurationOptions, string?> Write);
}
