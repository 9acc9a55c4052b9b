using Quantum.EventLog.Resp;

namespace Quantum.Cli;

/// <summary>From what the user typed to a server.</summary>
internal static class Servers
{
    public static RespEndpoint Endpoint(string? text) =>
        RespEndpoint.Parse(text ?? "") with { ClientName = "quantum:cli" };

    public static RespConnection Connect(string? text) => RespConnection.Connect(Endpoint(text));
}
