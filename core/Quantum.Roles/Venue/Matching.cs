using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Meets live orders with each new price, in the order in which the price comes to them, of one moment the oldest
/// first (<see cref="Encounter"/>). Market orders, and stops and take profits once triggered, take at the touch plus
/// impact; a limit order that the first price after its latency makes marketable takes, otherwise it rests and fills at
/// its limit. All fills of a minute together stay below a share of that minute's volume: the same liquidity never fills
/// two orders.
/// </summary>
internal sealed class Matching(
    VenueSettings settings, VenueBooks books, IntakeChecks checks, Positions positions, Endings endings,
    Updates updates)
{
    // Kept over the ticks, so that one that meets nothing allocates nothing.
    private readonly List<Encounter> _met = [];

    /// <param name="tick">The new price.</param>
    /// <param name="leg">How the price came there.</param>
    /// <param name="outbox">Told of fills.</param>
    public void OnTick(in MarketTick tick, in PriceLeg leg, Outbox outbox)
    {
        if (books.Symbols.Find(tick.Symbol.Name) is not { LiveIds.Count: > 0 } known) return;
        var quotes = Quotes.Of(in tick, settings);
        FindMet(known, in quotes, leg.IsWalked || tick.Quantity > 0, in leg);
        if (_met.Count == 0) return;
        var symbol = books.Symbols.Touch(tick.Symbol.Name);
        foreach (var encounter in _met)
            if (books.Orders.Find(encounter.Id) is { IsLive: true })
                Meet(symbol, books.Orders.Touch(encounter.Id), in encounter, in quotes, leg.ToMs, outbox);
    }

    /// <summary>Triggers what waits for the mark; it fills on the first price after.</summary>
    public void OnMark(Symbol name, long atMs, Outbox outbox)
    {
        if (books.Symbols.Find(name.Name) is not { LiveIds.Count: > 0 } known) return;
        if (books.Markets.Find(name.Name)?.MarkPrice is not { } mark) return;
        for (var i = 0; i < known.LiveIds.Count;)
        {
            var id = known.LiveIds[i];
            if (IsHitBy(mark, id, atMs))
            {
                var order = books.Orders.Touch(id);
                (order.IsMet, order.EffectiveAtMs) = (false, atMs);
                Trigger(books.Symbols.Touch(name.Name), order, outbox);
            }

            if (i < known.LiveIds.Count && known.LiveIds[i] == id) i++;
        }
    }

    private bool IsHitBy(decimal mark, string id, long atMs) =>
        books.Orders.Find(id) is { Waits: true, Command.TriggerBy: TriggerBy.MarkPrice } order
        && atMs >= order.EffectiveAtMs
        && Triggers.IsHit(order.Command.Type, order.Command.Side, order.Command.TriggerPrice!.Value, mark);

    private void FindMet(VenueSymbol symbol, in Quotes quotes, bool hasVolume, in PriceLeg leg)
    {
        _met.Clear();
        var mark = books.Markets.Find(symbol.Symbol.Name)?.MarkPrice;
        foreach (var id in symbol.LiveIds)
        {
            if (books.Orders.Find(id) is not { IsLive: true } order || leg.ToMs < order.EffectiveAtMs) continue;
            if (Encounter.Of(order, in leg, mark, hasVolume, in quotes) is { } encounter) Insert(in encounter);
            var rests = order is { HasLimit: true, Waits: false };
            if (order.IsMet && order.IsResting == rests) continue;
            order = books.Orders.Touch(id);
            (order.IsMet, order.IsResting) = (true, rests);
        }
    }

    // Stable: of one moment the oldest order comes first.
    private void Insert(in Encounter encounter)
    {
        var at = _met.Count;
        while (at > 0 && _met[at - 1].AtMs > encounter.AtMs) at--;
        _met.Insert(at, encounter);
    }

    private void Meet(
        VenueSymbol symbol, VenueOrder order, in Encounter encounter, in Quotes quotes, long atMs, Outbox outbox)
    {
        if (order.Reduces && Endings.IsIdle(symbol, order)) endings.Idle(symbol, order, outbox);
        else if (order.Waits && !Trigger(symbol, order, outbox)) return;
        else if (encounter.What == Meeting.Rest) order.IsResting = true;
        else if (encounter.What == Meeting.End) endings.Unfilled(symbol, order, outbox);
        else FillAt(symbol, order, in encounter, in quotes, atMs, outbox);
    }

    // What was a conditional order until now is judged as the order that it becomes.
    private bool Trigger(VenueSymbol symbol, VenueOrder order, Outbox outbox)
    {
        var refusal = checks.RefuseAtTrigger(symbol, order);
        order.IsTriggered = true;
        if (refusal is not var (code, words)) return true;
        endings.End(symbol, order, OrderStatus.Expired, code, words, outbox);
        return false;
    }

    private void FillAt(
        VenueSymbol symbol, VenueOrder order, in Encounter encounter, in Quotes quotes, long atMs, Outbox outbox)
    {
        if (order.HasLimit) order.IsResting = true;
        var wanted = order.WantedOf(symbol);
        var (price, quantity) = PriceOf(order, wanted, in encounter, in quotes, atMs);
        var isTooLittle = order.TimeInForce == TimeInForce.Fok && quantity < wanted;
        if (!isTooLittle && quantity > 0)
            Fill(symbol, order, price, quantity, encounter.What == Meeting.Make, atMs, outbox);
        // What such an order may take it takes at once; nothing of it rests.
        if (order is { IsLive: true, TimeInForce: TimeInForce.Ioc or TimeInForce.Fok })
            endings.Unfilled(symbol, order, outbox);
    }

    private (decimal Price, decimal Quantity) PriceOf(
        VenueOrder order, decimal wanted, in Encounter encounter, in Quotes quotes, long atMs)
    {
        var side = order.Command.Side;
        var filters = settings.Symbols.Find(order.Command.Symbol)!;
        var volume = books.Markets.Touch(order.Command.Symbol.Name).Volume;
        var available = volume.Available(atMs, settings.MaxVolumeShare);
        var quantity = available is { } most && most < wanted ? Floor(most, order, filters) : wanted;
        if (encounter.What == Meeting.Make) return (order.Command.Price!.Value, quantity);
        var touch = quotes.TouchOf(side, encounter.Price);
        var price = VenueArithmetic.TakerPrice(side, touch, quantity, volume.Window(atMs), settings.ImpactFraction);
        price = side == Side.Buy ? filters.CeilingPrice(price) : filters.FloorPrice(price);
        if (order is { HasLimit: true, Command.Price: { } worst })
            price = side == Side.Buy ? Math.Min(price, worst) : Math.Max(price, worst);
        return (price, quantity);
    }

    private static decimal Floor(decimal quantity, VenueOrder order, SymbolFilters filters)
    {
        var step = filters.LotOf(order.Command.Type).StepSize;
        return Math.Floor(quantity / step) * step;
    }

    private void Fill(
        VenueSymbol symbol, VenueOrder order, decimal price, decimal quantity, bool isMaker, long atMs, Outbox outbox)
    {
        var feeUsd = price * quantity * (isMaker ? settings.MakerFeeFraction : settings.TakerFeeFraction);
        var before = symbol.Quantity;
        positions.Book(symbol, order.Command.Side.Sign() * quantity, price, feeUsd);
        books.Markets.Touch(symbol.Symbol.Name).Volume.AddOurs(atMs, quantity);
        order.FilledQuantity += quantity;
        order.FilledValue += quantity * price;
        var isFilled = order.ClosesAll ? symbol.Quantity == 0 : order.RemainingQuantity == 0;
        if (isFilled) endings.Finish(symbol, order, OrderStatus.Filled, null);
        else order.Status = OrderStatus.PartiallyFilled;
        updates.TellFill(outbox, order, $"{symbol.Symbol}-{++symbol.Sequence}", quantity, price, feeUsd, isMaker);
        if (order is { Reduces: true, IsLive: true } && symbol.Quantity == 0) endings.Idle(symbol, order, outbox);
        endings.AfterFill(symbol, before, outbox);
    }
}
