using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>What a venue checks before it takes an order; the codes are those that the real gateway maps to.</summary>
internal static class IntakeChecks
{
    /// <summary>Code and words of the first refusal, or null.</summary>
    public static (string Code, string Words)? Refuse(
        in OrderCommand command, SymbolFilters filters, VenueSymbol symbol, VenueMarket? market, Margin margin,
        VenueSettings settings)
    {
        if (market is not { LastPrice: > 0 }) return ("no_market", $"no price of {command.Symbol} is known");
        return Shape(in command, filters, symbol, market) ?? Size(in command, filters, symbol, market)
            ?? Reduction(in command, symbol) ?? Crossed(in command, market)
            ?? Margin(in command, symbol, market, margin, settings);
    }

    private static (string, string)? Shape(
        in OrderCommand command, SymbolFilters filters, VenueSymbol symbol, VenueMarket market)
    {
        var quantity = command.Quantity;
        if (filters.FloorQuantity(quantity) != quantity)
            return ("precision", $"quantity {quantity} is not a multiple of {filters.StepSize}");
        var most = filters.MaxQuantityOf(command.Type);
        // What closes a position may be as small as that is: a partial fill can leave less than the least order.
        var closesAll = command.ReduceOnly && quantity >= Math.Abs(symbol.Quantity);
        if ((quantity < filters.MinQuantity && !closesAll) || quantity > most)
            return ("quantity", $"quantity {quantity} is outside {filters.MinQuantity} to {most}");
        if ((command.Price ?? command.TriggerPrice) is { } price && filters.FloorPrice(price) != price)
            return ("precision", $"price {price} is not a multiple of {filters.TickSize}");
        if (command.Type == OrderType.Limit && command.Price is null) return ("price_missing",
            "a limit order needs a price");
        if (command.Price is { } limit && OutOfBand(command.Side, limit, filters, market.Mark) is { } band)
            return ("percent_price", $"price {limit} is beyond {band}");
        var notionalUsd = quantity * (command.Price ?? market.LastPrice);
        return !command.ReduceOnly && notionalUsd < filters.MinNotionalUsd
            ? ("min_notional", $"notional {notionalUsd} USD is below {filters.MinNotionalUsd} USD")
            : null;
    }

    private static decimal? OutOfBand(Side side, decimal limit, SymbolFilters filters, decimal mark)
    {
        var band = mark * (side == Side.Buy ? filters.PriceUpFactor : filters.PriceDownFactor);
        return (side == Side.Buy ? limit > band : limit < band) ? band : null;
    }

    private static (string, string)? Size(
        in OrderCommand command, SymbolFilters filters, VenueSymbol symbol, VenueMarket market)
    {
        if (command.ReduceOnly) return null;
        var held = Math.Abs(symbol.Quantity + command.Side.Sign() * command.Quantity);
        var notionalUsd = held * (command.Price ?? market.LastPrice);
        var allowed = filters.Brackets.MaxLeverageFor(notionalUsd);
        if (allowed is null)
            return ("position_limit",
                $"the position would be {notionalUsd:0.##} USD, {filters.Brackets.MaxNotionalUsd} USD is the most");
        return command.Leverage > allowed
            ? ("leverage_not_allowed",
                $"leverage {command.Leverage} is above {allowed} for a position of {notionalUsd:0.##} USD")
            : null;
    }

    private static (string, string)? Reduction(in OrderCommand command, VenueSymbol symbol) =>
        command.ReduceOnly && symbol.Quantity * command.Side.Sign() >= 0
            ? ("reduce_only_rejected", $"{command.Side} does not reduce {symbol.Quantity}")
            : null;

    private static (string, string)? Crossed(in OrderCommand command, VenueMarket market)
    {
        if (command.Type is not (OrderType.StopMarket or OrderType.TakeProfitMarket)) return null;
        return Triggers.IsHit(command.Type, command.Side, command.TriggerPrice!.Value, market.LastPrice)
            ? ("would_trigger", $"trigger {command.TriggerPrice} is crossed by the last price {market.LastPrice}")
            : null;
    }

    private static (string, string)? Margin(
        in OrderCommand command, VenueSymbol symbol, VenueMarket market, Margin margin, VenueSettings settings)
    {
        if (command.ReduceOnly) return null;
        var signed = command.Side.Sign() * command.Quantity;
        var more = Math.Max(0, Math.Abs(symbol.Quantity + signed) - Math.Abs(symbol.Quantity));
        var notionalUsd = more * (command.Price ?? market.LastPrice);
        var needUsd = notionalUsd / (command.Leverage ?? symbol.Leverage) + notionalUsd * settings.TakerFeeFraction;
        return needUsd > margin.FreeUsd
            ? ("insufficient_margin", $"{needUsd:0.####} USD is needed, {margin.FreeUsd:0.####} USD is free")
            : null;
    }
}
