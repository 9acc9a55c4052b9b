using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// How orders end that are not filled, and what becomes of those that only reduce when what they reduce is gone: one
/// that closes the whole position is cancelled with it, a resting limit expires. A stop or take profit with a quantity
/// goes on waiting, as the exchange lets it: it expires when it triggers and nothing is held.
/// </summary>
internal sealed class Endings(VenueBooks books, Updates updates)
{
    private const int KeptDoneOrders = 64;

    /// <summary>True when an order that only reduces finds nothing that it reduces.</summary>
    public static bool IsIdle(VenueSymbol symbol, VenueOrder order) =>
        symbol.Quantity * order.Command.Side.Sign() >= 0;

    /// <summary>Takes an order off the live ones.</summary>
    public void Finish(VenueSymbol symbol, VenueOrder order, OrderStatus status, string? reasonCode)
    {
        order.Status = status;
        order.ReasonCode = reasonCode;
        symbol.LiveIds.Remove(order.Command.ClientOrderId);
        symbol.DoneIds.Add(order.Command.ClientOrderId);
        if (symbol.DoneIds.Count <= KeptDoneOrders) return;
        books.Orders.Remove(symbol.DoneIds[0]);
        symbol.DoneIds.RemoveAt(0);
    }

    /// <summary>Takes an order off the live ones and tells why.</summary>
    public void End(
        VenueSymbol symbol, VenueOrder order, OrderStatus status, string reasonCode, string? reason, Outbox outbox)
    {
        Finish(symbol, order, status, reasonCode);
        updates.TellOrder(outbox, order, reason);
    }

    /// <summary>Ends an order that found nothing to reduce.</summary>
    public void Idle(VenueSymbol symbol, VenueOrder order, Outbox outbox) =>
        End(symbol, order, OrderStatus.Expired, "reduce_only_rejected", "nothing is left to reduce", outbox);

    /// <summary>Ends what is left of an order that its time in force does not let rest, or take.</summary>
    public void Unfilled(VenueSymbol symbol, VenueOrder order, Outbox outbox)
    {
        var (code, reason) = order.TimeInForce switch
        {
            TimeInForce.Gtx => ("gtx_would_take", "it would take at once and was to rest"),
            TimeInForce.Fok => ("fok_unfilled", "not all of it could be taken at once"),
            _ => ("ioc_rest", "no more of it could be taken at once"),
        };
        End(symbol, order, OrderStatus.Expired, code, reason, outbox);
    }

    /// <summary>Cancels all that is live, before a liquidation.</summary>
    public void CancelAll(VenueSymbol symbol, Outbox outbox)
    {
        foreach (var id in symbol.LiveIds.ToArray())
            End(symbol, books.Orders.Touch(id), OrderStatus.Canceled, "liquidation", null, outbox);
    }

    /// <summary>Looks at the symbol's orders after a fill.</summary>
    /// <param name="symbol">With the position as it is now.</param>
    /// <param name="before">Signed base quantity before the fill.</param>
    /// <param name="outbox">Told of what ends.</param>
    public void AfterFill(VenueSymbol symbol, decimal before, Outbox outbox)
    {
        if (before == 0 || symbol.Quantity * before > 0) return;
        foreach (var id in symbol.LiveIds.ToArray())
        {
            if (books.Orders.Find(id) is not { Reduces: true } known || !IsIdle(symbol, known)) continue;
            if (known.ClosesAll)
                End(symbol, books.Orders.Touch(id), OrderStatus.Canceled, "position_gone", "the position is closed",
                    outbox);
            else if (known is { Waits: false, HasLimit: true }) Idle(symbol, books.Orders.Touch(id), outbox);
        }
    }
}
