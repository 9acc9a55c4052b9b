using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>The cross-margin account: one equity carries all positions.</summary>
internal sealed class Margin(VenueSettings settings, VenueBooks books)
{
    /// <summary>Cash plus unrealised PnL at mark, USD.</summary>
    public decimal EquityUsd => books.Account.Value.CashUsd + Sum(UnrealizedUsd);

    /// <summary>What the positions must keep, USD.</summary>
    public decimal MaintenanceUsd => Sum(MaintenanceOf);

    /// <summary>Equity not bound by positions and by orders that may open more, USD.</summary>
    public decimal FreeUsd => EquityUsd - Sum(symbol => NotionalUsd(symbol) / symbol.Leverage) - Sum(OrdersMarginUsd);

    /// <summary>True when equity no longer covers what the positions must keep.</summary>
    public bool IsBroke => MaintenanceUsd is > 0 and var need && EquityUsd <= need;

    /// <summary>What the position must keep, USD.</summary>
    public decimal MaintenanceOf(VenueSymbol symbol) => BracketsOf(symbol).MaintenanceUsd(NotionalUsd(symbol));

    /// <summary>
    /// The mark at which this position would exhaust the account, other marks unchanged; null when none would.
    /// </summary>
    public decimal? LiquidationPrice(VenueSymbol symbol)
    {
        if (symbol.Quantity == 0) return null;
        var othersUsd = books.Account.Value.CashUsd + Sum(UnrealizedUsd) - UnrealizedUsd(symbol)
            - (MaintenanceUsd - MaintenanceOf(symbol));
        return BracketsOf(symbol).LiquidationPrice(symbol.Quantity, symbol.EntryPrice, othersUsd);
    }

    // A book that lost a symbol while it was held must not free the position of its margin.
    private LeverageBrackets BracketsOf(VenueSymbol symbol) =>
        settings.Symbols.Find(symbol.Symbol)?.Brackets ?? LeverageBrackets.Assumed;

    private decimal MarkOf(VenueSymbol symbol) =>
        books.Markets.Find(symbol.Symbol.Name)?.Mark is > 0 and var mark ? mark : symbol.EntryPrice;

    private decimal NotionalUsd(VenueSymbol symbol) => Math.Abs(symbol.Quantity) * MarkOf(symbol);

    private decimal UnrealizedUsd(VenueSymbol symbol) => symbol.Quantity * (MarkOf(symbol) - symbol.EntryPrice);

    private decimal OrdersMarginUsd(VenueSymbol symbol)
    {
        var margin = 0m;
        foreach (var id in symbol.LiveIds)
            if (books.Orders.Find(id) is { Command.ReduceOnly: false } order)
                margin += order.RemainingQuantity * (order.Command.Price ?? MarkOf(symbol)) / symbol.Leverage;
        return margin;
    }

    private decimal Sum(Func<VenueSymbol, decimal> part)
    {
        var sum = 0m;
        foreach (var (_, symbol) in books.Symbols.All) sum += part(symbol);
        return sum;
    }
}
