namespace Quantum.Binance.Orders;

/// <summary>
/// Whose an order is, by the exchange's numbers: fills and triggered orders name only those. The newest few thousand.
/// </summary>
internal sealed class OrderNames
{
    private const int Most = 5_000;

    private readonly Names _orders = new();
    private readonly Names _conditional = new();
    private readonly Names _triggered = new();
    private readonly Lock _lock = new();

    /// <summary>An order and the client id that it was sent with.</summary>
    public void Order(long orderId, string clientId)
    {
        lock (_lock) _orders.Add(orderId, clientId);
    }

    /// <summary>A conditional order and the client id that it was sent with.</summary>
    public void Conditional(long algoId, string clientId)
    {
        lock (_lock) _conditional.Add(algoId, clientId);
    }

    /// <summary>The order that a conditional one has come to; true when that is new.</summary>
    public bool Triggered(long? orderId, string clientId)
    {
        if (orderId is not > 0) return false;
        lock (_lock) return _triggered.Add(orderId.Value, clientId);
    }

    /// <summary>The client id of ours behind an order; a triggered one counts for the conditional one.</summary>
    public string? OfOrder(long orderId)
    {
        lock (_lock) return _triggered.Find(orderId) ?? _orders.Find(orderId);
    }

    /// <summary>The conditional order's client id behind a triggered order, or null.</summary>
    public string? OfTriggered(long orderId)
    {
        lock (_lock) return _triggered.Find(orderId);
    }

    public string? OfConditional(long algoId)
    {
        lock (_lock) return _conditional.Find(algoId);
    }

    private sealed class Names
    {
        private readonly Dictionary<long, string> _known = [];
        private readonly Queue<long> _order = new();

        public bool Add(long id, string name)
        {
            if (_known.TryGetValue(id, out var before))
            {
                _known[id] = name;
                return before != name;
            }

            _known.Add(id, name);
            _order.Enqueue(id);
            if (_order.Count > Most) _known.Remove(_order.Dequeue());
            return true;
        }

        public string? Find(long id) => _known.GetValueOrDefault(id);
    }
}
