using System.Net.Sockets;
using System.Text.Json;
using Quantum.Hosting;
using Quantum.Looking;
using Quantum.Resp;

namespace Quantum.Console.Live;

/// <summary>
/// What a single page asks beyond what all show, such as a trade's chain: over a connection of its own.
/// </summary>
public sealed class Questions(QuantumOptions options)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>The answer; or why there is none, in words.</summary>
    public async Task<(T? Answer, string? Fault)> AskAsync<T>(
        Func<SystemRedis, T> question, CancellationToken cancel = default)
        where T : class
    {
        try
        {
            return (await Task.Run(() => Ask(question), cancel).WaitAsync(s_limit, cancel), null);
        }
        catch (Exception fault) when (
            fault is RespException or LookException or JsonException or SocketException or IOException
                or TimeoutException or FormatException)
        {
            return (null, fault.Message.Split('\n')[0]);
        }
    }

    private T Ask<T>(Func<SystemRedis, T> question)
    {
        using var look = new SystemRedis(RespEndpoint.Parse(options.RedisConnection) with
        {
            ClientName = "quantum:console",
        });
        return question(look);
    }
}
