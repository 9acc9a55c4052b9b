using System.Net;
using System.Net.Sockets;

namespace Quantum.AppHost;

/// <summary>Finds ports for processes that nothing stands before.</summary>
internal static class FreePort
{
    /// <summary>A port of the loopback address that nobody listens on.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
