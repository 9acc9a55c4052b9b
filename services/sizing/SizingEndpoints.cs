using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Quantum.Sizing;

/// <summary>
/// Two listeners, because HTTP/1 (health) and HTTP/2 without TLS (gRPC) cannot share a port: the usual one of
/// ASPNETCORE_URLS, and <c>GRPC_PORT</c> beside it on the same interface.
/// </summary>
internal static class SizingEndpoints
{
    private const int DefaultGrpcPort = 5114;
    private const string DefaultUrl = "http://localhost:5104";

    public static void Listen(WebHostBuilderContext context, KestrelServerOptions kestrel)
    {
        var configuration = context.Configuration;
        var urls = configuration["urls"] ?? PortsAsUrls(configuration["http_ports"]) ?? DefaultUrl;
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(BindingAddress.Parse).ToArray();
        foreach (var address in addresses) Listen(kestrel, address.Host, address.Port, HttpProtocols.Http1);
        Listen(kestrel, addresses[0].Host, GrpcPort(configuration["GRPC_PORT"]), HttpProtocols.Http2);
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, HttpProtocols protocols)
    {
        void Configure(ListenOptions options) => options.Protocols = protocols;
        if (host == "localhost") kestrel.ListenLocalhost(port, Configure);
        else if (IPAddress.TryParse(host, out var address)) kestrel.Listen(address, port, Configure);
        else kestrel.ListenAnyIP(port, Configure);
    }

    private static string? PortsAsUrls(string? ports) => ports is null
        ? null
        : string.Join(';', ports.Split(';').Select(port => $"http://*:{port}"));

    private static int GrpcPort(string? text)
    {
        if (string.IsNullOrEmpty(text)) return DefaultGrpcPort;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new InvalidOperationException($"GRPC_PORT is '{text}': set it to a port from 1 to 65535.");
    }
}
