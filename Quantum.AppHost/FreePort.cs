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

    /// <summary>This port, or another one when somebody listens there.</summary>
    public static int NextFrom(int wanted) => IsFree(wanted) ? wanted : Next();

    /// <summary>Whether nobody listens on a port of the loopback address.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
