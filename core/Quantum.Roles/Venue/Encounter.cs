using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Where on a leg of the price an order is to be filled. A market order: at the first price after its latency; what is
/// left of it: at the next tick. A stop or take profit: at its trigger where the price walks through it, at the first
/// price beyond where it jumps. A limit order: at the touch when the first price after its latency makes it marketable,
/// else at its limit once the price has gone through.
/// </summary>
/// <param name="Id">The client order id.</param>
/// <param name="AtMs">When, UTC epoch ms.</param>
/// <param name="Price">The market's price then, quote currency; the limit for a maker.</param>
/// <param name="IsMaker">Whether the order rested.</param>
internal readonly record struct Encounter(string Id, long AtMs, decimal Price, bool IsMaker)
{
    /// <summary>Null when the leg does not fill it.</summary>
    /// <param name="order">A live order.</param>
    /// <param name="leg">How the price came to the tick.</param>
    /// <param name="hasVolume">Whether the tick, or the walk to it, stands for trades.</param>
    /// <param name="touchOf">What a side takes at where the market is at a price.</param>
    public static Encounter? Of(
        VenueOrder order, in PriceLeg leg, bool hasVolume, Func<Side, decimal, decimal> touchOf)
    {
        var command = order.Command;
        // What was met before has seen where the leg begins.
        var fromMs = order.IsMet ? leg.FromMs : Math.Max(leg.FromMs, order.EffectiveAtMs);
        var from = leg.At(fromMs);
        if (command.TriggerPrice is { } trigger && !order.IsTriggered)
        {
            if (!order.IsMet && Triggers.IsHit(command.Type, command.Side, trigger, from))
                return new Encounter(command.ClientOrderId, fromMs, from, false);
            if (!Triggers.IsHit(command.Type, command.Side, trigger, leg.To)) return null;
            return leg.IsWalked
                ? new Encounter(command.ClientOrderId, leg.WhenAt(trigger), trigger, false)
                : new Encounter(command.ClientOrderId, leg.ToMs, leg.To, false);
        }

        if (command is { Type: OrderType.Limit, Price: { } limit })
            return OfLimit(order, limit, fromMs, in leg, hasVolume, touchOf);
        return order.IsMet
            ? new Encounter(command.ClientOrderId, leg.ToMs, leg.To, false)
            : new Encounter(command.ClientOrderId, fromMs, from, false);
    }

    private static Encounter? OfLimit(
        VenueOrder order, decimal limit, long fromMs, in PriceLeg leg, bool hasVolume,
        Func<Side, decimal, decimal> touchOf)
    {
        var (id, side) = (order.Command.ClientOrderId, order.Command.Side);
        var from = leg.At(fromMs);
        if (!order.IsResting && side.Sign() * (limit - touchOf(side, from)) >= 0)
            return new Encounter(id, fromMs, from, false);
        var canRest = order.IsResting || leg.IsWalked;
        return canRest && hasVolume && side.Sign() * (limit - leg.To) > 0
            ? new Encounter(id, leg.IsWalked ? leg.WhenAt(limit) : leg.ToMs, limit, true)
            : null;
    }
}
