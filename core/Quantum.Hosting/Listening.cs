using System.Net;
using Microsoft.Extensions.Configuration;

namespace Quantum.Hosting;

/// <summary>Where a service will listen, by its configuration, before it does.</summary>
public static class Listening
{
    private static readonly string[] s_ports = ["HTTP_PORTS", "HTTPS_PORTS"];

    /// <summary>True when nobody but this machine can reach it.</summary>
    public static bool IsLoopbackOnly(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string[] endpoints =
        [
            .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""),
        ];
        // Endpoints win over addresses, and addresses over ports, which are those of every address.
        if (endpoints.Length > 0) return endpoints.All(IsLoopback);
        var urls = configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (urls.Length > 0) return urls.All(IsLoopback);
        return s_ports.All(name => string.IsNullOrWhiteSpace(configuration[name]));
    }

    /// <summary>
    /// True when it is for this machine alone: nobody else can reach it, and it is not told to answer to a name of its
    /// own, under which something in front of it would bring others.
    /// </summary>
    public static bool IsOfThisMachineAlone(IConfiguration configuration) =>
        IsLoopbackOnly(configuration) && string.IsNullOrWhiteSpace(configuration.SettingsOf<HttpSettings>().Hosts);

    // A name that is no address, and *, listen everywhere.
    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
