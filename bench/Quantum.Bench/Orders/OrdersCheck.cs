namespace Quantum.Bench.Orders;

/// <summary>What went wrong with one order, intent or symbol.</summary>
/// <param name="Kind">`duplicate`, `lost` or `unresolved`.</param>
/// <param name="ClientId">The order, where it is one.</param>
/// <param name="Words">What the venue and the results say.</param>
internal sealed record Finding(string Kind, string? ClientId, string Words);

/// <summary>An order as it was commanded.</summary>
/// <param name="ClientId">Its id.</param>
/// <param name="IntentId">The intent that it serves.</param>
/// <param name="Purpose">`entry`, `exit` or `stop`.</param>
internal sealed record CommandedOrder(string ClientId, string IntentId, string Purpose);

/// <summary>Holds what the executor told and remembers against the venue's truth.</summary>
internal sealed class OrdersCheck
{
    public const string Duplicate = "duplicate";
    public const string Lost = "lost";
    public const string Unresolved = "unresolved";

    public required VenueTruth Truth { get; init; }

    public required IReadOnlyList<string> Asked { get; init; }

    public required IReadOnlyList<CommandedOrder> Commanded { get; init; }

    public required IReadOnlyList<ToldResult> Results { get; init; }

    /// <summary>Signed base quantity by symbol as the executor remembers it; none of 0.</summary>
    public required IReadOnlyDictionary<string, decimal> Remembered { get; init; }

    /// <summary>Client ids of which nobody knows whether the venue has them.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    public IReadOnlyList<Finding> Findings() =>
        [.. Duplicates(), .. LostFills(), .. LostOrders(), .. LostPositions(), .. Left(), .. Unended()];

    private IEnumerable<Finding> Duplicates()
    {
        foreach (var (id, times) in Truth.Accepted)
            if (times > 1) yield return new Finding(Duplicate, id, $"{id} was accepted {times} times");
        var legs = Commanded.Where(order => order.Purpose != "stop" && Truth.Accepted.ContainsKey(order.ClientId))
            .GroupBy(order => (order.IntentId, order.Purpose));
        var exits = Results.Where(result => result.IsIntent).Select(result => result.IntentId).ToHashSet();
        foreach (var leg in legs)
        {
            // An emergency close carries the intent of the entry: it is no leg of it.
            if (leg.Key.Purpose == "exit" && leg.Any(order => IsEntry(order.IntentId))) continue;
            var ids = leg.Select(order => order.ClientId).Distinct().ToArray();
            if (ids.Length > 1 && exits.Contains(leg.Key.IntentId))
            {
                yield return new Finding(
                    Duplicate, ids[1], $"intent {leg.Key.IntentId} has {ids.Length} orders to {leg.Key.Purpose}");
            }
        }
    }

    private bool IsEntry(string intentId) =>
        Commanded.Any(order => order.IntentId == intentId && order.Purpose == "entry");

    private IEnumerable<Finding> LostFills()
    {
        var told = Results.Where(result => result.ClientOrderId is not null)
            .GroupBy(result => result.ClientOrderId!)
            .ToDictionary(group => group.Key, group => group.Sum(result => result.FilledQuantity));
        var filled = Truth.Fills.GroupBy(fill => fill.ClientId)
            .ToDictionary(group => group.Key, group => group.Sum(fill => fill.Quantity));
        foreach (var id in filled.Keys.Union(told.Keys).Order(StringComparer.Ordinal))
        {
            var (truly, said) = (filled.GetValueOrDefault(id), told.GetValueOrDefault(id));
            if (truly != said)
                yield return new Finding(Lost, id, $"the venue filled {truly} of {id}, the results tell {said}");
        }

        foreach (var result in Results.Where(result => result.Kind == "adjustment"))
            yield return new Finding(Lost, null, $"{result.Symbol}: {result.ReasonCode}, {result.Reason}");
    }

    // An order that the venue took serves an intent, and the intent's end names it.
    private IEnumerable<Finding> LostOrders()
    {
        var known = Commanded.Select(order => order.ClientId).ToHashSet(StringComparer.Ordinal);
        foreach (var id in Truth.Accepted.Keys.Where(id => !known.Contains(id)))
            yield return new Finding(Lost, id, $"the venue accepted {id}, which the executor never commanded");
        var named = Results.Select(result => result.ClientOrderId).ToHashSet();
        foreach (var order in Commanded.DistinctBy(order => order.ClientId))
        {
            if (order.Purpose == "stop" || !Truth.Accepted.ContainsKey(order.ClientId)) continue;
            if (order.Purpose == "exit" && IsEntry(order.IntentId)) continue;
            if (!named.Contains(order.ClientId))
            {
                yield return new Finding(
                    Lost, order.ClientId, $"no result names {order.ClientId}, which the venue took");
            }
        }
    }

    private IEnumerable<Finding> LostPositions()
    {
        foreach (var symbol in Truth.Positions.Keys.Union(Remembered.Keys).Order(StringComparer.Ordinal))
        {
            var (truly, known) = (Truth.Positions.GetValueOrDefault(symbol), Remembered.GetValueOrDefault(symbol));
            if (truly != known)
            {
                yield return new Finding(
                    Lost, null, $"the venue holds {truly} {symbol}, the executor remembers {known}");
            }
        }
    }

    // What lives at the venue without a position can only open one.
    private IEnumerable<Finding> Left() =>
        from order in Truth.Orders
        where order.Status is "NEW" or "PARTIALLY_FILLED" && !Truth.Positions.ContainsKey(order.Symbol)
        select new Finding(Lost, order.ClientId, $"{order.ClientId} still lives at the venue, {order.Symbol} is flat");

    private IEnumerable<Finding> Unended()
    {
        var ends = Results.Where(result => result.IsIntent).GroupBy(result => result.IntentId!)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (var id in Asked)
        {
            if (ends.GetValueOrDefault(id) is var times and not 1)
            {
                var order = Commanded.FirstOrDefault(order => order.IntentId == id)?.ClientId;
                yield return new Finding(Unresolved, order, $"intent {id} has {times} results");
            }
        }

        foreach (var id in Open) yield return new Finding(Unresolved, id, $"{id} is open in the executor's journal");
    }
}
