using Quantum.Roles.Symbols;

namespace Quantum.Venue.Accounts;

/// <summary>The one table from the role's reasons to Binance's codes and words.</summary>
internal static class RoleReasons
{
    private static readonly VenueError s_noCounterparty = new(-4131,
        "The counterparty's best price does not meet the PERCENT_PRICE filter limit.");

    /// <summary>The refusal; one that the table does not know is told as such, never hidden.</summary>
    public static VenueError ErrorOf(string? reasonCode, string? reason, SymbolFilters? filters, bool isBuy) =>
        reasonCode switch
        {
            "symbol_unknown" => VenueError.BadSymbol,
            "precision" when reason?.StartsWith("price", StringComparison.Ordinal) == true =>
                new(-4014, "Price not increased by tick size."),
            "precision" => VenueError.Precision,
            // What is above the most was refused before: this is a part that is too small.
            "quantity" => new(-4004, "Quantity less than min quantity."),
            "client_order_id" => new(-4015, "Client order id is not valid."),
            "time_in_force" => new(-1106, "Parameter 'timeInForce' sent when not required."),
            "close_position" => new(-4130,
                "An open stop or take profit order with GTE and closePosition in the direction is existing."),
            "max_orders" => new(-2025, "Reach max open order limit."),
            "max_algo_orders" => new(-4045, "Reach max stop order limit."),
            "gtx_would_take" => new(-5022, "Due to the order could not be executed as maker, the Post Only order will "
                + "be rejected. The order will not be recorded in the order history"),
            "fok_unfilled" => new(-5021, "Due to the order could not be filled immediately, the FOK order has been "
                + "rejected. The order will not be recorded in the order history"),
            "ioc_rest" => new(-5021, "Due to the order could not be filled immediately, the IOC order has expired"),
            "leverage_blocked" => new(-4161,
                "Leverage reduction is not supported in Isolated Margin Mode with open positions."),
            "no_isolated_position" => new(-4054, "Cannot add position margin: position is 0."),
            "price_missing" => VenueError.Missing("price"),
            "percent_price" when reason?.StartsWith("the last price", StringComparison.Ordinal) == true =>
                s_noCounterparty,
            "percent_price" => isBuy
                ? new(-4016, "Price is higher than mark price multiplier cap.")
                : new(-4024, "Price is lower than mark price multiplier floor."),
            "min_notional" => new(-4164, string.Create(CultureInfo.InvariantCulture,
                $"Order's notional must be no smaller than {filters?.MinNotionalUsd:0.0###} ")
                + "(unless you choose reduce only)"),
            "position_limit" => new(-2027, "Exceeded the maximum allowable position at current leverage."),
            "leverage_not_allowed" => new(-2027, "Exceeded the maximum allowable position at current leverage."),
            "reduce_only_rejected" => new(-2022, "ReduceOnly Order is rejected."),
            "would_trigger" => new(-2021, "Order would immediately trigger."),
            "insufficient_margin" => new(-2019, "Margin is insufficient."),
            "no_market" => s_noCounterparty,
            _ => new(-2010, $"NEW_ORDER_REJECTED: {reasonCode} {reason}"),
        };
}
