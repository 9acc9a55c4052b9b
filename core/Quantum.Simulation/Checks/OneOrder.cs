namespace Quantum.Simulation.Checks;

/// <summary>One order per intent and leg: the venue never gets one a second time that it had taken.</summary>
internal sealed class OneOrder(SimulatedWorld world) : Checker(world, "one_order")
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);

    public override void OnArrival(in OrderCommand order, in OrderUpdate answer)
    {
        if (order.Action != OrderAction.Place) return;
        if (!_taken.Add(order.ClientOrderId))
            Fail($"{order.Symbol}: the {order.Purpose} order {order.ClientOrderId} came to the venue a second time");
        if (order.Purpose != OrderPurpose.Entry) return;
        if (_entries.TryGetValue(order.IntentId, out var first) && first != order.ClientOrderId)
            Fail($"{order.Symbol}: the intent {order.IntentId} led to two orders, {first} and {order.ClientOrderId}");
        _entries[order.IntentId] = order.ClientOrderId;
    }
}
