using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One endpoint of a resource: where it listens and under which port others see it.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private int? _port;
    private int? _targetPort;
    private string? _transport;
    private bool? _tlsEnabled;

    /// <summary>Describes an endpoint; the scheme defaults to the protocol and the name to the scheme.</summary>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
#pragma warning disable CA1308 // Schemes are lower case.
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        Name = name ?? UriScheme;
        ModelName.Check("Endpoint", Name);
        Protocol = protocol;
        _transport = transport;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    /// <summary>The name, unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port others connect to, 1 to 65535; null means a free one.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>The port the process listens on, 1 to 65535; null means a free one.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    /// <summary>The scheme, for example http or redis.</summary>
#pragma warning disable CA1056 // A scheme, not a URI.
    public string UriScheme { get; set; }
#pragma warning restore CA1056

    /// <summary>The host the process listens on.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>http, http2, tcp or udp.</summary>
    public string Transport
    {
#pragma warning disable CA1308 // Transports are lower case.
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
#pragma warning restore CA1308
        set => _transport = value;
    }

    /// <summary>Whether it is reachable from outside once deployed.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether something may stand between the port and the process.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether the process speaks TLS.</summary>
    public bool TlsEnabled
    {
        get => _tlsEnabled ?? UriScheme == "https";
        set => _tlsEnabled = value;
    }

    internal bool FromLaunchProfile { get; set; }

    internal string? TargetPortEnvironmentVariable { get; set; }

    /// <summary>The port others connect to in this run.</summary>
    internal int? AllocatedPort { get; set; }

    /// <summary>The port each replica listens on in this run.</summary>
    internal IReadOnlyList<int> ReplicaPorts { get; set; } = [];
}
