using System.Net.Sockets;
using Quantum.EventLog;
using Quantum.Hosting;
using Quantum.Resp;

namespace Quantum.Console.Live;

/// <summary>How the console reaches the run's Redis, and what may go wrong on the way.</summary>
public sealed class ConsoleRedis(QuantumOptions options)
{
    /// <summary>Where it is, under the console's name.</summary>
    public RespEndpoint Endpoint { get; } =
        RespEndpoint.Parse(options.RedisConnection) with { ClientName = "quantum:console" };

    /// <summary>A connection of its own.</summary>
    public SystemRedis Open() => new(Endpoint);

    /// <summary>True for what the system or the way to it did, and a page tells; the rest is a fault of ours.</summary>
    public static bool IsFault(Exception fault) => IsOfTheWay(fault)
        || fault is LookException or LogUnavailableException or JsonException or FormatException;

    /// <summary>True where a question may have arrived though its answer did not.</summary>
    public static bool IsOfTheWay(Exception fault) =>
        fault is RespException or SocketException or IOException or TimeoutException;
}
