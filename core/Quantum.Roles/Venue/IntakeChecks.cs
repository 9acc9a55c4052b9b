using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>What a venue checks before it takes an order; the codes are those that the real gateway maps to.</summary>
internal sealed class IntakeChecks(VenueSettings settings, VenueBooks books, Margin margin)
{
    /// <summary>Code and words of the first refusal, or null.</summary>
    public (string Code, string Words)? Refuse(
        in OrderCommand command, SymbolFilters filters, VenueSymbol symbol, VenueMarket? market)
    {
        if (market is not { LastPrice: > 0 }) return ("no_market", $"no price of {command.Symbol} is known");
        return OrderShape.Refuse(in command, filters, symbol, market) ?? Count(in command, filters, symbol)
            ?? Size(in command, filters, symbol, market) ?? Mode(in command, symbol) ?? Reduction(in command, symbol)
            ?? Crossed(in command, market) ?? (command.Type.IsConditional() ? null : Margin(in command, symbol));
    }

    /// <summary>What the order that a conditional one becomes is refused for, or null.</summary>
    public (string Code, string Words)? RefuseAtTrigger(VenueSymbol symbol, VenueOrder order) =>
        (order.HasLimit
            ? OrderShape.OutOfBand(order.Command, settings.Symbols.Find(symbol.Symbol)!, margin.MarkOf(symbol)) : null)
        ?? Margin(order.Command, symbol);

    /// <summary>What forbids another margin mode or a lower leverage, or null.</summary>
    public static (string Code, string Words)? Mode(in OrderCommand command, VenueSymbol symbol)
    {
        var isOpen = symbol.Quantity != 0 || symbol.LiveIds.Count > 0;
        if (command.IsIsolated is { } isIsolated && isIsolated != symbol.IsIsolated && isOpen)
            return ("margin_mode_blocked",
                $"{symbol.Symbol} holds {symbol.Quantity} and has {symbol.LiveIds.Count} live orders");
        return symbol is { IsIsolated: true, Quantity: not 0 } && command.Leverage < symbol.Leverage
            ? ("leverage_blocked", $"leverage {symbol.Leverage} of the open isolated position is not lowered") : null;
    }

    // Conditional orders count twice: among all, and among those that wait.
    private (string, string)? Count(in OrderCommand command, SymbolFilters filters, VenueSymbol symbol)
    {
        if (symbol.LiveIds.Count >= filters.MaxOrders)
            return ("max_orders", $"{symbol.LiveIds.Count} orders are live, {filters.MaxOrders} are the most");
        if (!command.Type.IsConditional()) return null;
        var (waiting, rival) = (0, (string?)null);
        foreach (var id in symbol.LiveIds)
        {
            if (books.Orders.Find(id) is not { Waits: true } order) continue;
            waiting++;
            if (order.ClosesAll && order.Command.Type == command.Type && order.Command.Side == command.Side) rival = id;
        }

        if (waiting >= filters.MaxAlgoOrders)
            return ("max_algo_orders", $"{waiting} orders wait for a trigger, {filters.MaxAlgoOrders} are the most");
        return command.ClosePosition is true && rival is not null
            ? ("close_position", $"order {rival} closes the position that way already") : null;
    }

    private static (string, string)? Size(
        in OrderCommand command, SymbolFilters filters, VenueSymbol symbol, VenueMarket market)
    {
        if (command.Reduces()) return null;
        var held = Math.Abs(symbol.Quantity + command.Side.Sign() * command.Quantity);
        var notionalUsd = held * (command.Price ?? market.LastPrice);
        var allowed = filters.Brackets.MaxLeverageFor(notionalUsd);
        if (allowed is null)
            return ("position_limit",
                $"the position would be {notionalUsd:0.##} USD, {filters.Brackets.MaxNotionalUsd} USD is the most");
        var leverage = command.Leverage ?? symbol.Leverage;
        return leverage > allowed
            ? ("leverage_not_allowed",
                $"leverage {leverage} is above {allowed} for a position of {notionalUsd:0.##} USD")
            : null;
    }

    private (string, string)? Reduction(in OrderCommand command, VenueSymbol symbol)
    {
        if (!command.Reduces() || symbol.Quantity * command.Side.Sign() < 0) return null;
        // What closes a position may be placed with the order that is to open it.
        return command.ClosePosition is true && symbol.Quantity == 0 && IsOpening(command.Side.Opposite(), symbol)
            ? null
            : ("reduce_only_rejected", $"{command.Side} does not reduce {symbol.Quantity}");
    }

    private bool IsOpening(Side side, VenueSymbol symbol)
    {
        foreach (var id in symbol.LiveIds)
            if (books.Orders.Find(id) is { Reduces: false } order && order.Command.Side == side) return true;
        return false;
    }

    private (string, string)? Crossed(in OrderCommand command, VenueMarket market)
    {
        if (command.Type.IsConditional())
        {
            var (price, which) = command.TriggerBy == TriggerBy.MarkPrice
                ? (market.Mark, "mark price") : (market.LastPrice, "last price");
            return Triggers.IsHit(command.Type, command.Side, command.TriggerPrice!.Value, price)
                ? ("would_trigger",
                    $"trigger {command.TriggerPrice} is crossed by the {which} {price}")
                : null;
        }

        if (command is not { TimeInForce: TimeInForce.Gtx, Price: { } limit }) return null;
        var quotes = Quotes.Of(market.LastPrice, settings);
        return quotes.IsMarketable(command.Side, limit, market.LastPrice)
            ? ("gtx_would_take",
                $"price {limit} would take at {quotes.TouchOf(command.Side, market.LastPrice)}") : null;
    }

    private (string, string)? Margin(in OrderCommand command, VenueSymbol symbol)
    {
        if (command.Reduces()) return null;
        var lastPrice = books.Markets.Find(symbol.Symbol.Name)!.LastPrice;
        var signed = command.Side.Sign() * command.Quantity;
        var more = Math.Max(0, Math.Abs(symbol.Quantity + signed) - Math.Abs(symbol.Quantity));
        var notionalUsd = more * (command.Price ?? lastPrice);
        var needUsd = notionalUsd / (command.Leverage ?? symbol.Leverage) + notionalUsd * settings.TakerFeeFraction;
        return needUsd > margin.FreeUsd
            ? ("insufficient_margin", $"{needUsd:0.####} USD is needed, {margin.FreeUsd:0.####} USD is free")
            : null;
    }
}
