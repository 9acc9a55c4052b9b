using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Meets live orders with each new price, oldest first. Market orders, and stops and take profits once triggered,
/// take at the touch plus impact; a limit order that the first price after its latency makes marketable takes,
/// otherwise it rests and fills at its limit when a trade goes through it. All fills of a minute together stay below
/// a share of that minute's volume: the same liquidity never fills two orders.
/// </summary>
internal sealed class Matching(VenueSettings settings, VenueBooks books, Intake intake, Updates updates)
{
    public void OnTick(in MarketTick tick, long atMs, Outbox outbox)
    {
        if (books.Symbols.Find(tick.Symbol.Name) is not { LiveIds.Count: > 0 }) return;
        var symbol = books.Symbols.Touch(tick.Symbol.Name);
        var filters = settings.Symbols.Find(tick.Symbol)!;
        foreach (var id in symbol.LiveIds.ToArray())
        {
            if (books.Orders.Find(id) is not { IsLive: true } waiting || atMs < waiting.EffectiveAtMs) continue;
            Meet(symbol, books.Orders.Touch(id), filters, in tick, atMs, outbox);
        }
    }

    private void Meet(
        VenueSymbol symbol, VenueOrder order, SymbolFilters filters, in MarketTick tick, long atMs, Outbox outbox)
    {
        if (order.Command.ReduceOnly && symbol.Quantity * order.Command.Side.Sign() >= 0)
        {
            if (order.Command.Type == OrderType.Market || order.IsTriggered) EndFlat(symbol, order, outbox);
            return;
        }

        var command = order.Command;
        if (command.TriggerPrice is { } trigger && !order.IsTriggered)
        {
            if (!Triggers.IsHit(command.Type, command.Side, trigger, tick.Price)) return;
            order.IsTriggered = true;
        }

        if (PriceOf(order, filters, in tick, atMs) is not var (price, quantity, isMaker) || quantity <= 0) return;
        Fill(symbol, order, price, quantity, isMaker, atMs, outbox);
        if (command.ReduceOnly && order.IsLive && symbol.Quantity == 0) EndFlat(symbol, order, outbox);
    }

    private (decimal Price, decimal Quantity, bool IsMaker)? PriceOf(
        VenueOrder order, SymbolFilters filters, in MarketTick tick, long atMs)
    {
        var side = order.Command.Side;
        var touch = TouchOf(side, in tick);
        var isMaker = order is { Command.Type: OrderType.Limit, IsResting: true };
        if (order.Command is { Type: OrderType.Limit, Price: { } limit })
        {
            order.IsResting = true;
            var isThrough = side == Side.Buy ? tick.Price < limit : tick.Price > limit;
            var isMarketable = side == Side.Buy ? touch <= limit : touch >= limit;
            if (isMaker ? !(isThrough && tick.Quantity > 0) : !isMarketable) return null;
        }

        var volume = books.Markets.Touch(tick.Symbol.Name).Volume;
        var quantity = QuantityOf(order, filters, volume.Available(atMs, settings.MaxVolumeShare));
        if (isMaker) return (order.Command.Price!.Value, quantity, true);
        var price = VenueArithmetic.TakerPrice(side, touch, quantity, volume.Window(atMs), settings.ImpactFraction);
        price = side == Side.Buy ? filters.CeilingPrice(price) : filters.FloorPrice(price);
        if (order.Command is { Type: OrderType.Limit, Price: { } worst })
            price = side == Side.Buy ? Math.Min(price, worst) : Math.Max(price, worst);
        return (price, quantity, false);
    }

    private decimal QuantityOf(VenueOrder order, SymbolFilters filters, decimal? available)
    {
        var wanted = order.RemainingQuantity;
        if (order.Command.ReduceOnly) wanted =
            Math.Min(wanted, Math.Abs(books.Symbols.Find(order.Command.Symbol.Name)!.Quantity));
        return available is { } most && most < wanted ? filters.FloorQuantity(most) : wanted;
    }

    private decimal TouchOf(Side side, in MarketTick tick) => side == Side.Buy
        ? tick.AskPrice ?? tick.Price * (1 + settings.HalfSpreadFraction)
        : tick.BidPrice ?? tick.Price * (1 - settings.HalfSpreadFraction);

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
