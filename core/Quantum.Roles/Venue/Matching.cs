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
internal sealed class Matching(VenueSettings settings, VenueBooks books, Intake intake, Updates updates)
{
    /// <param name="tick">The new price.</param>
    /// <param name="leg">How the price came there.</param>
    /// <param name="outbox">Told of fills.</param>
    public void OnTick(in MarketTick tick, in PriceLeg leg, Outbox outbox)
    {
        if (books.Symbols.Find(tick.Symbol.Name) is not { LiveIds.Count: > 0 }) return;
        var symbol = books.Symbols.Touch(tick.Symbol.Name);
        foreach (var encounter in Encounters(symbol, in tick, in leg))
            if (books.Orders.Find(encounter.Id) is { IsLive: true })
                Meet(symbol, books.Orders.Touch(encounter.Id), in encounter, in tick, leg.ToMs, outbox);
    }

    private IEnumerable<Encounter> Encounters(VenueSymbol symbol, in MarketTick tick, in PriceLeg leg)
    {
        var found = new List<Encounter>(symbol.LiveIds.Count);
        var hasVolume = leg.IsWalked || tick.Quantity > 0;
        var book = tick;
        foreach (var id in symbol.LiveIds)
        {
            if (books.Orders.Find(id) is not { IsLive: true } order || leg.ToMs < order.EffectiveAtMs) continue;
            if (Encounter.Of(order, in leg, hasVolume, (side, price) => TouchOf(side, price, in book)) is { } encounter)
                found.Add(encounter);
            if (order is { IsMet: true, Command.Type: not OrderType.Limit } or { IsResting: true }) continue;
            order = books.Orders.Touch(id);
            (order.IsMet, order.IsResting) = (true, order.Command.Type == OrderType.Limit);
        }

        // Stable: of one moment the oldest order comes first.
        return found.OrderBy(encounter => encounter.AtMs);
    }

    private void Meet(
        VenueSymbol symbol, VenueOrder order, in Encounter encounter, in MarketTick tick, long atMs, Outbox outbox)
    {
        if (order.Command.ReduceOnly && symbol.Quantity * order.Command.Side.Sign() >= 0)
        {
            if (order.Command.Type == OrderType.Market || order.IsTriggered) EndFlat(symbol, order, outbox);
            return;
        }

        if (order.Command.TriggerPrice is not null) order.IsTriggered = true;
        var (price, quantity) = PriceOf(order, in encounter, in tick, atMs);
        if (quantity <= 0) return;
        Fill(symbol, order, price, quantity, encounter.IsMaker, atMs, outbox);
        if (order is { Command.ReduceOnly: true, IsLive: true } && symbol.Quantity == 0)
            EndFlat(symbol, order, outbox);
    }

    private (decimal Price, decimal Quantity) PriceOf(
        VenueOrder order, in Encounter encounter, in MarketTick tick, long atMs)
    {
        var side = order.Command.Side;
        var filters = settings.Symbols.Find(tick.Symbol)!;
        var volume = books.Markets.Touch(tick.Symbol.Name).Volume;
        var quantity = QuantityOf(order, filters, volume.Available(atMs, settings.MaxVolumeShare));
        if (encounter.IsMaker) return (order.Command.Price!.Value, quantity);
        var touch = TouchOf(side, encounter.Price, in tick);
        var price = VenueArithmetic.TakerPrice(side, touch, quantity, volume.Window(atMs), settings.ImpactFraction);
        price = side == Side.Buy ? filters.CeilingPrice(price) : filters.FloorPrice(price);
        if (order.Command is { Type: OrderType.Limit, Price: { } worst })
            price = side == Side.Buy ? Math.Min(price, worst) : Math.Max(price, worst);
        return (price, quantity);
    }

    private decimal QuantityOf(VenueOrder order, SymbolFilters filters, decimal? available)
    {
        var wanted = order.RemainingQuantity;
        if (order.Command.ReduceOnly) wanted =
            Math.Min(wanted, Math.Abs(books.Symbols.Find(order.Command.Symbol.Name)!.Quantity));
        return available is { } most && most < wanted ? filters.FloorQuantity(most) : wanted;
    }

    // The tick's book is that of its own price.
    private decimal TouchOf(Side side, decimal price, in MarketTick tick)
    {
        var quoted = price != tick.Price ? null : side == Side.Buy ? tick.AskPrice : tick.BidPrice;
        return quoted ?? price * (1 + side.Sign() * settings.HalfSpreadFraction);
    }

    private void Fill(
        VenueSymbol symbol, VenueOrder order, decimal price, decimal quantity, bool isMaker, long atMs, Outbox outbox)
    {
        var feeUsd = price * quantity * (isMaker ? settings.MakerFeeFraction : settings.TakerFeeFraction);
        Book(symbol, order.Command.Side.Sign() * quantity, price, feeUsd);
        books.Markets.Touch(symbol.Symbol.Name).Volume.AddOurs(atMs, quantity);
        order.FilledQuantity += quantity;
        order.FilledValue += quantity * price;
        if (order.RemainingQuantity == 0) intake.Finish(symbol, order, OrderStatus.Filled, null);
        else order.Status = OrderStatus.PartiallyFilled;
        updates.TellFill(outbox, order, $"{symbol.Symbol}-{++symbol.Sequence}", quantity, price, feeUsd, isMaker);
    }

    /// <summary>Books a signed fill into position and cash.</summary>
    public void Book(VenueSymbol symbol, decimal signedQuantity, decimal price, decimal feeUsd)
    {
        var (quantity, entryPrice, realizedUsd) =
            VenueArithmetic.Apply(symbol.Quantity, symbol.EntryPrice, signedQuantity, price);
        symbol.Quantity = quantity;
        symbol.EntryPrice = entryPrice;
        var account = books.Account.Touch();
        account.RealizedUsd += realizedUsd;
        account.FeesUsd += feeUsd;
        account.CashUsd += realizedUsd - feeUsd;
    }

    private void EndFlat(VenueSymbol symbol, VenueOrder order, Outbox outbox)
    {
        intake.Finish(symbol, order, OrderStatus.Expired, "reduce_only_rejected");
        updates.TellOrder(outbox, order, "nothing is left to reduce");
    }
}
