namespace Quantum.Audit;

/// <summary>A server that is looked at, over one connection; without one it could not be reached.</summary>
internal sealed class AuditNode(RespEndpoint endpoint, RespConnection? connection)
{
    public RespEndpoint Endpoint { get; } = endpoint;

    public string Address { get; } = (endpoint with
    {
        ClientName = null, User = null, Password = null, UseTls = false, TlsHost = null,
    }).ToString();

    public RespConnection? Connection { get; private set; } = connection;

    /// <summary>Why it cannot be asked; null while it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Its slots, both ends included; empty outside a cluster.</summary>
    public IReadOnlyList<(int First, int Last)> Slots { get; init; } = [];

    public void Lose(RespException fault)
    {
        Fault = fault.Message;
        Connection?.Dispose();
        Connection = null;
    }
}
