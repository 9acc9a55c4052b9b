namespace Quantum.Audit;

/// <summary>
/// The servers that are looked at: the one that was named, or all masters of its cluster. Connections are kept from one
/// look to the next.
/// </summary>
internal sealed class AuditNodes(RespEndpoint endpoint) : IDisposable
{
    private readonly Dictionary<string, RespConnection> _connections = new(StringComparer.Ordinal);
    private AuditNode _seed = new(endpoint, null);
    private AuditNode[] _all = [];

    public RespEndpoint Endpoint { get; } = endpoint;

    /// <summary>The server that was named.</summary>
    public AuditNode Seed => _seed;

    /// <summary>Those that hold keys.</summary>
    public IReadOnlyList<AuditNode> All => _all;

    public bool IsCluster => Map.Count > 0;

    /// <summary>The cluster as its nodes know it; empty outside a cluster.</summary>
    public IReadOnlyList<ClusterNode> Map { get; private set; } = [];

    /// <summary>Begins a look: the named server must answer.</summary>
    public void Open(CancellationToken cancel)
    {
        _seed = new AuditNode(Endpoint, Connect(Endpoint, cancel));
        _all = [_seed];
        Map = [];
    }

    /// <summary>Takes up all masters of the cluster; one that cannot be reached is kept with its fault.</summary>
    public void Follow(IReadOnlyList<ClusterNode> map, CancellationToken cancel)
    {
        Map = map;
        _all = [.. map.Where(node => node.IsMaster && node.SlotCount > 0).Select(node => Node(node, cancel))];
        if (_all.Length == 0) _all = [_seed];
    }

    /// <summary>Where a key lives, given by its text; null when no master has its slot.</summary>
    public AuditNode? Of(string key)
    {
        if (!IsCluster) return _seed;
        var slot = RespSlot.Of(NameText.Bytes(key));
        foreach (var node in _all)
            foreach (var (first, last) in node.Slots)
                if (slot >= first && slot <= last) return node;
        return null;
    }

    public void Dispose()
    {
        foreach (var connection in _connections.Values) connection.Dispose();
        _connections.Clear();
    }

    private AuditNode Node(ClusterNode known, CancellationToken cancel)
    {
        var endpoint = known.IsAsked ? Endpoint : Endpoint with
        {
            Host = known.Host, Port = known.Port, TlsHost = Endpoint.TlsHost ?? Endpoint.Host,
        };
        // What the others call failed would only hold the look up.
        var node = new AuditNode(endpoint, null) { Slots = known.Slots };
        if (known.IsFailed) return node;
        try
        {
            return known.IsAsked
                ? new AuditNode(endpoint, _seed.Connection) { Slots = known.Slots }
                : new AuditNode(endpoint, Connect(endpoint, cancel)) { Slots = known.Slots };
        }
        catch (RespException fault)
        {
            node.Lose(fault);
            return node;
        }
    }

    private RespConnection Connect(RespEndpoint target, CancellationToken cancel)
    {
        var address = $"{target.Host}:{target.Port}";
        if (_connections.Remove(address, out var known))
        {
            if (known is { IsBroken: false, PendingReplies: 0 }) return _connections[address] = known;
            known.Dispose();
        }

        return _connections[address] = RespConnection.Connect(target, null, cancel);
    }
}
