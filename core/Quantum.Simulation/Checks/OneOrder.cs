namespace Quantum.Simulation.Checks;

/// <summary>
/// One order per intent and leg: the venue never gets one a second time that it had taken, an intent to enter leads to
/// one entry, and an exit, a stop's move or an operator's word to one order in all. What protects the position of an
/// entry, under that one's intent, is counted by its number.
/// </summary>
internal sealed class OneOrder(SimulatedWorld world) : Checker(world, "one_order")
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _legs = new(StringComparer.Ordinal);

    public override void OnIntent(in TradeIntent intent, in SeenEntry entry)
    {
        if (intent.IsExit()) _exits.Add(entry.EventId);
    }

    public override void OnWord(in ControlCommand word, in SeenEntry entry)
    {
        if (word.IsOfExecutor()) _exits.Add(entry.EventId);
    }

    public override void OnArrival(in OrderCommand order, in OrderUpdate answer)
    {
        if (order.Action != OrderAction.Place) return;
        if (!_taken.Add(order.ClientOrderId))
            Fail($"{order.Symbol}: the {order.Purpose} order {order.ClientOrderId} came to the venue a second time");
        if (order.Purpose != OrderPurpose.Entry && !_exits.Contains(order.IntentId)) return;
        if (_legs.TryGetValue(order.IntentId, out var first) && first != order.ClientOrderId)
            Fail($"{order.Symbol}: the intent {order.IntentId} led to two orders, {first} and {order.ClientOrderId}");
        _legs[order.IntentId] = order.ClientOrderId;
    }
}
