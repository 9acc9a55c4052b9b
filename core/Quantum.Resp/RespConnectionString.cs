namespace Quantum.Resp;

/// <summary>
/// The grammar of the .NET Redis connection string. Messages name a part by its key or place, never by a value that
/// could be a piece of the password.
/// </summary>
internal static class RespConnectionString
{
    private const string Form =
        "write host:port,password=…,ssl=true,user=…,defaultDatabase=0";

    /// <summary>Options of the control plane's client that change nothing on the wire of this one.</summary>
    private static readonly HashSet<string> s_ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "allowAdmin", "checkCertificateRevocation", "configCheckSeconds", "configChannel", "connectRetry",
        "defaultVersion", "heartbeatConsistencyChecks", "heartbeatInterval", "highIntegrity",
        "highPrioritySocketThreads",
        "keepAlive", "includeDetailInExceptions", "includePerformanceCountersInExceptions", "preserveAsyncOrder",
        "protocol", "resolveDns", "responseTimeout", "setlib", "sslProtocols", "tieBreaker", "version", "writeBuffer",
    };

    public static RespEndpoint Parse(string connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new FormatException($"The Redis connection string is empty; {Form}.");
        if (connectionString.Contains("://", StringComparison.Ordinal))
            throw new FormatException($"The Redis connection string is a URL, which is not read here; {Form}.");
        var parts = connectionString.Split(',');
        RespEndpoint? endpoint = null;
        var portGiven = false;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim();
            if (part.Length == 0) continue;
            if (part.Contains('=', StringComparison.Ordinal)) continue;
            if (endpoint is not null)
            {
                throw new FormatException(
                    $"Part {i + 1} of the Redis connection string has no '=' and the server is named already; " +
                    "name one server, write options as key=value, and use a password without comma.");
            }

            (endpoint, portGiven) = Server(part, i + 1);
        }

        if (endpoint is null) throw new FormatException($"The Redis connection string names no server; {Form}.");
        foreach (var part in parts)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0) endpoint = Option(endpoint, part[..equals].Trim(), part[(equals + 1)..].Trim());
        }

        if (!endpoint.UseTls) return endpoint;
        return endpoint with
        {
            Port = portGiven ? endpoint.Port : RespEndpoint.DefaultTlsPort,
            TrustedRoots = RespEndpoint.RootsOf(Environment.GetEnvironmentVariable(RespEndpoint.RootsVariable)),
        };
    }

    private static (RespEndpoint Endpoint, bool PortGiven) Server(string part, int place)
    {
        var host = part;
        string? port = null;
        if (part[0] == '[')
        {
            var close = part.IndexOf(']', StringComparison.Ordinal);
            if (close < 0) throw BadServer(place);
            host = part[1..close];
            var rest = part[(close + 1)..];
            if (rest.Length > 0 && rest[0] != ':') throw BadServer(place);
            if (rest.Length > 0) port = rest[1..];
        }
        else if (part.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
            && colon == part.LastIndexOf(':'))
        {
            host = part[..colon];
            port = part[(colon + 1)..];
        }

        if (host.Length == 0 || host.Any(char.IsWhiteSpace) || host.Contains('@', StringComparison.Ordinal))
            throw BadServer(place);
        if (port is null) return (new RespEndpoint { Host = host }, false);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > 65535)
            throw BadServer(place);
        return (new RespEndpoint { Host = host, Port = number }, true);
    }

    private static RespEndpoint Option(RespEndpoint endpoint, string key, string value)
    {
        return key.ToUpperInvariant() switch
        {
            "PASSWORD" => endpoint with { Password = value.Length == 0 ? null : value },
            "USER" or "USERNAME" => endpoint with { User = value.Length == 0 ? null : value },
            "SSL" => endpoint with { UseTls = Flag(key, value) },
            "SSLHOST" => endpoint with { TlsHost = value.Length == 0 ? null : value },
            "DEFAULTDATABASE" => endpoint with { Database = Number(key, value, 0) },
            "NAME" => endpoint with { ClientName = Name(key, value) },
            "CONNECTTIMEOUT" => endpoint with { ConnectTimeoutMs = Number(key, value, 1) },
            "SYNCTIMEOUT" or "ASYNCTIMEOUT" => endpoint with { ReplyTimeoutMs = Number(key, value, 1) },
            "ABORTCONNECT" => endpoint with { AbortOnConnectFail = Flag(key, value) },
            "CHANNELPREFIX" => endpoint,
            _ when s_ignored.Contains(key) => endpoint,
            "SERVICENAME" or "PROXY" or "TUNNEL" => throw new FormatException(
                $"Option '{key}' of the Redis connection string is not supported; name the server itself and drop it."),
            _ => throw new FormatException(
                $"Option '{Shown(key)}' of the Redis connection string is unknown; check its spelling ({Form})."),
        };
    }

    /// <summary>A key that is no word may be the tail of a password that holds a comma.</summary>
    private static string Shown(string key) =>
        key.Length is > 0 and <= 32 && key.All(char.IsAsciiLetter) ? key : "(not a word)";

    private static bool Flag(string key, string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => throw new FormatException(
            $"Option '{key}' of the Redis connection string is neither true nor false; write {key}=true."),
    };

    private static int Number(string key, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new FormatException(
                $"Option '{key}' of the Redis connection string is no whole number from {least} up; write {key}=1.");

    private static string? Name(string key, string value)
    {
        if (value.Any(c => c is < '!' or > '~'))
        {
            throw new FormatException(
                $"Option '{key}' of the Redis connection string has spaces or non-ASCII signs; use plain letters.");
        }

        return value.Length == 0 ? null : value;
    }

    private static FormatException BadServer(int place) => new(
        $"Part {place} of the Redis connection string is no server address; write host:port, port 1 to 65535.");
}
