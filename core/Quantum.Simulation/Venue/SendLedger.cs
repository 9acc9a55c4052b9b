using Quantum.Roles.Executor;

namespace Quantum.Simulation.Venue;

/// <summary>What is written down of orders that were sent: as Redis keeps it for the executor's service.</summary>
internal sealed class SendLedger
{
    private readonly Dictionary<string, SentOrder> _orders = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<Symbol, long> _fillsRead = [];
    private readonly Dictionary<Symbol, SentMinute> _minutes = [];

    /// <summary>Ids of orders of which nobody knows whether the exchange has them.</summary>
    public IReadOnlyCollection<string> Open => _open;

    /// <summary>Every symbol of which an order was sent.</summary>
    public SortedSet<string> Symbols { get; } = new(StringComparer.Ordinal);

    public SentOrder? Find(string id) => _orders.GetValueOrDefault(id);

    public void Begin(in OrderCommand order, EntryId command, long nowMs)
    {
        _orders[order.ClientOrderId] = new SentOrder(order, command, SendState.Sending, nowMs);
        _open.Add(order.ClientOrderId);
        Symbols.Add(order.Symbol.Name);
    }

    /// <summary>Notes what became of it; an answer to an earlier try says nothing of a later one.</summary>
    public void Settle(string id, SendState stage, long sentMs)
    {
        if (Find(id) is not { } known || (stage == SendState.Absent && known.SentMs != sentMs)) return;
        _orders[id] = known with { Stage = stage };
        if (stage == SendState.Unknown) _open.Add(id);
        else _open.Remove(id);
    }

    /// <summary>What was sent of a symbol in a minute, minutes since the epoch.</summary>
    public SentMinute SentWithin(Symbol symbol, long minute) =>
        _minutes.TryGetValue(symbol, out var sent) && sent.Minute == minute ? sent : new SentMinute(minute, 0, 0, 0);

    public void NoteSent(Symbol symbol, SentMinute sent) => _minutes[symbol] = sent;

    public long? FillsReadToMs(Symbol symbol) => _fillsRead.TryGetValue(symbol, out var atMs) ? atMs : null;

    public void NoteFillsRead(Symbol symbol, long atMs) => _fillsRead[symbol] = atMs;
}
