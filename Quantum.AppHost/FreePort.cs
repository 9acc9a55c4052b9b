using System.Net;
using System.Net.Sockets;

namespace Quantum.AppHost;

/// <summary>Finds ports for processes that nothing stands before.</summary>
internal static class FreePort
{
    // Below what systems give to outgoing connections: between finding a port and listening on it seconds go by.
    private const int Lowest = 10_240;
    private const int Count = 20_000;
    private static int s_next = Random.Shared.Next(Count);

    /// <summary>A port of the loopback address that nobody listens on; each call gives another.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Lowest + Interlocked.Increment(ref s_next) % Count;
            if (IsFree(port)) return port;
        }
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
