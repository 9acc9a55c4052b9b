using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>What the exchange's filters say of one order, whatever else is live and held.</summary>
internal static class OrderShape
{
    /// <summary>Code and words of the first refusal, or null.</summary>
    public static (string Code, string Words)? Refuse(
        in OrderCommand command, SymbolFilters filters, VenueSymbol symbol, VenueMarket market) =>
        Kind(in command) ?? Quantity(in command, filters, symbol) ?? Prices(in command, filters, market)
        ?? Notional(in command, filters, market);

    /// <summary>
    /// Refuses a limit too far from where it is measured: the mark, or its own trigger while it waits for that.
    /// </summary>
    public static (string Code, string Words)? OutOfBand(
        in OrderCommand command, SymbolFilters filters, decimal measure)
    {
        if (command.Price is not { } limit || !IsBeyond(command.Side, limit, filters, measure)) return null;
        return ("percent_price", $"price {limit} is too far from {measure}");
    }

    private static bool IsBeyond(Side side, decimal price, SymbolFilters filters, decimal measure) => side == Side.Buy
        ? price > measure * filters.PriceUpFactor
        : price < measure * filters.PriceDownFactor;

    private static (string, string)? Kind(in OrderCommand command)
    {
        if (command.ClosePosition is true && command.Type is not (OrderType.StopMarket or OrderType.TakeProfitMarket))
            return ("close_position", $"a {command.Type} order does not close the whole position");
        return command.TimeInForce is not (null or TimeInForce.Gtc) && !command.Type.HasLimit()
            ? ("time_in_force", $"a {command.Type} order has no limit price to be {command.TimeInForce} with") : null;
    }

    private static (string, string)? Quantity(in OrderCommand command, SymbolFilters filters, VenueSymbol symbol)
    {
        if (command.ClosePosition is true) return null;
        var quantity = command.Quantity;
        var lot = filters.LotOf(command.Type);
        if (quantity % lot.StepSize != 0)
            return ("precision", $"quantity {quantity} is not a multiple of {lot.StepSize}");
        var most = filters.MaxQuantityOf(command.Type);
        // What closes a position may be as small as that is: a partial fill can leave less than the least order.
        var closesAll = command.ReduceOnly && quantity >= Math.Abs(symbol.Quantity);
        return (quantity < lot.MinQuantity && !closesAll) || quantity > most
            ? ("quantity", $"quantity {quantity} is outside {lot.MinQuantity} to {most}") : null;
    }

    private static (string, string)? Prices(in OrderCommand command, SymbolFilters filters, VenueMarket market)
    {
        if ((Price(command.Price, filters) ?? Price(command.TriggerPrice, filters)) is { } fault) return fault;
        if (command.Type.HasLimit() && command.Price is null)
            return ("price_missing", "a limit order needs a price");
        if (command.Type == OrderType.Market && IsBeyond(command.Side, market.LastPrice, filters, market.Mark))
            return ("percent_price",
                $"the last price {market.LastPrice} is too far from the mark {market.Mark} to {command.Side} at");
        return OutOfBand(
            in command, filters, command.Type.IsConditional() ? command.TriggerPrice!.Value : market.Mark);
    }

    private static (string, string)? Price(decimal? told, SymbolFilters filters)
    {
        if (told is not { } price) return null;
        if (price < filters.MinPrice || price > filters.MaxPrice)
            return ("price_range", $"price {price} is outside {filters.MinPrice} to {filters.MaxPrice}");
        return filters.FloorPrice(price) != price
            ? ("precision", $"price {price} is not a multiple of {filters.TickSize}") : null;
    }

    private static (string, string)? Notional(in OrderCommand command, SymbolFilters filters, VenueMarket market)
    {
        var notionalUsd = command.Quantity * (command.Price ?? market.LastPrice);
        return !command.Reduces() && notionalUsd < filters.MinNotionalUsd
            ? ("min_notional", $"notional {notionalUsd} USD is below {filters.MinNotionalUsd} USD")
            : null;
    }
}
