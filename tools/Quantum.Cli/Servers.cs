using Quantum.EventLog.Resp;

namespace Quantum.Cli;

/// <summary>From what the user typed to a server.</summary>
internal static class Servers
{
    /// <summary>Who waits at a screen wants to know that the server still loads, not to wait for it.</summary>
    private const int LoadingTimeoutMs = 2_000;

    public static RespEndpoint Endpoint(string? text) => RespEndpoint.Parse(text ?? "") with
    {
        ClientName = "quantum:cli", LoadingTimeoutMs = LoadingTimeoutMs,
    };

    public static RespConnection Connect(string? text) => RespConnection.Connect(Endpoint(text));
}
