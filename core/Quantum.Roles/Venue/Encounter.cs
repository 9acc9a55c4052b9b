using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// What becomes of an order that a price meets: it takes, is taken as a maker, rests, or ends unfilled.
/// </summary>
internal enum Meeting { Take, Make, Rest, End }

/// <summary>
/// Where on a leg of the price an order meets it. A market order: at the first price after its latency; what is left of
/// it: at the next tick. A conditional order: at its trigger where the price walks through it, at the first price
/// beyond where it jumps, and where the mark triggers it at the first price after. A limit order: at the touch when the
/// first price after its latency (or its trigger) makes it marketable, else at its limit once the price has gone
/// through; where it may not take or may not rest it ends.
/// </summary>
/// <param name="Id">The client order id.</param>
/// <param name="AtMs">When, UTC epoch ms.</param>
/// <param name="Price">The market's price then, quote currency; the limit for a maker.</param>
/// <param name="What">What becomes of it.</param>
internal readonly record struct Encounter(string Id, long AtMs, decimal Price, Meeting What)
{
    /// <summary>Null when the leg does nothing to it.</summary>
    /// <param name="order">A live order.</param>
    /// <param name="leg">How the price came to the tick.</param>
    /// <param name="mark">The venue's mark; null when the feed has none, and the last price stands for it.</param>
    /// <param name="hasVolume">Whether the tick, or the walk to it, stands for trades.</param>
    /// <param name="quotes">The tick's book.</param>
    public static Encounter? Of(
        VenueOrder order, in PriceLeg leg, decimal? mark, bool hasVolume, in Quotes quotes)
    {
        var id = order.Command.ClientOrderId;
        // What was met before has seen where the leg begins.
        var fromMs = order.IsMet ? leg.FromMs : Math.Max(leg.FromMs, order.EffectiveAtMs);
        if (order.Waits)
        {
            if (TriggerOf(order, in leg, fromMs, mark) is not var (atMs, price)) return null;
            if (!order.HasLimit) return new Encounter(id, atMs, price, Meeting.Take);
            return OfLimit(order, atMs, price, in leg, hasVolume, in quotes)
                ?? new Encounter(id, atMs, price, Meeting.Rest);
        }

        if (order.HasLimit) return OfLimit(order, fromMs, leg.At(fromMs), in leg, hasVolume, in quotes);
        return order.IsMet
            ? new Encounter(id, leg.ToMs, leg.To, Meeting.Take)
            : new Encounter(id, fromMs, leg.At(fromMs), Meeting.Take);
    }

    private static (long AtMs, decimal Price)? TriggerOf(VenueOrder order, in PriceLeg leg, long fromMs, decimal? mark)
    {
        var command = order.Command;
        var trigger = command.TriggerPrice!.Value;
        var from = leg.At(fromMs);
        // The mark does not walk with the price: it stands until it is told anew.
        if (command.TriggerBy == TriggerBy.MarkPrice && mark is { } standing)
            return Triggers.IsHit(command.Type, command.Side, trigger, standing) ? (fromMs, from) : null;
        if (!order.IsMet && Triggers.IsHit(command.Type, command.Side, trigger, from)) return (fromMs, from);
        if (!Triggers.IsHit(command.Type, command.Side, trigger, leg.To)) return null;
        return leg.IsWalked ? (leg.WhenAt(trigger), trigger) : (leg.ToMs, leg.To);
    }

    private static Encounter? OfLimit(
        VenueOrder order, long atMs, decimal price, in PriceLeg leg, bool hasVolume, in Quotes quotes)
    {
        var (id, side, limit) = (order.Command.ClientOrderId, order.Command.Side, order.Command.Price!.Value);
        if (!order.IsResting)
        {
            if (quotes.IsMarketable(side, limit, price))
                return new Encounter(
                    id, atMs, price, order.TimeInForce == TimeInForce.Gtx ? Meeting.End : Meeting.Take);
            if (order.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok)
                return new Encounter(id, atMs, price, Meeting.End);
        }

        var canRest = order.IsResting || leg.IsWalked;
        return canRest && hasVolume && side.Sign() * (limit - leg.To) > 0
            ? new Encounter(id, leg.IsWalked ? leg.WhenAt(limit) : leg.ToMs, limit, Meeting.Make)
            : null;
    }
}
