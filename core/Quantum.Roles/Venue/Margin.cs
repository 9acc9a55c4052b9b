using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// What stands behind positions. One equity carries all that are cross; an isolated one has a margin of its own, which
/// is part of the cash and of nothing else.
/// </summary>
internal sealed class Margin(VenueSettings settings, VenueBooks books)
{
    /// <summary>The cash that is no isolated position's own, USD.</summary>
    public decimal CrossCashUsd
    {
        get
        {
            var cashUsd = books.Account.Value.CashUsd;
            foreach (var (_, symbol) in books.Symbols.All) cashUsd -= symbol.IsolatedMarginUsd;
            return cashUsd;
        }
    }

    /// <summary>That cash plus the unrealised PnL of the cross positions at mark, USD.</summary>
    public decimal EquityUsd
    {
        get
        {
            var unrealizedUsd = 0m;
            foreach (var (_, symbol) in books.Symbols.All)
                if (!symbol.IsIsolated) unrealizedUsd += UnrealizedUsd(symbol);
            return CrossCashUsd + unrealizedUsd;
        }
    }

    /// <summary>What the cross positions must keep, USD.</summary>
    public decimal MaintenanceUsd
    {
        get
        {
            var sum = 0m;
            foreach (var (_, symbol) in books.Symbols.All)
                if (!symbol.IsIsolated) sum += MaintenanceOf(symbol);
            return sum;
        }
    }

    /// <summary>Equity not bound by cross positions and by orders that may open more, USD.</summary>
    public decimal FreeUsd
    {
        get
        {
            var (heldUsd, orderedUsd) = (0m, 0m);
            foreach (var (_, symbol) in books.Symbols.All)
            {
                if (!symbol.IsIsolated) heldUsd += InitialUsd(symbol);
                orderedUsd += OrdersMarginUsd(symbol);
            }

            return EquityUsd - heldUsd - orderedUsd;
        }
    }

    /// <summary>True when equity no longer covers what the cross positions must keep.</summary>
    public bool IsBroke
    {
        get
        {
            // As the sums above, of what is held alone: asked for at each price.
            var (needUsd, cashUsd, unrealizedUsd) = (0m, books.Account.Value.CashUsd, 0m);
            foreach (var (_, symbol) in books.Symbols.All)
            {
                if (symbol.IsolatedMarginUsd != 0) cashUsd -= symbol.IsolatedMarginUsd;
                if (symbol.IsIsolated || symbol.Quantity == 0) continue;
                needUsd += MaintenanceOf(symbol);
                unrealizedUsd += UnrealizedUsd(symbol);
            }

            return needUsd > 0 && cashUsd + unrealizedUsd <= needUsd;
        }
    }

    /// <summary>True when an isolated position's own margin no longer covers what it must keep.</summary>
    public bool IsExhausted(VenueSymbol symbol) =>
        symbol.IsolatedMarginUsd + UnrealizedUsd(symbol) <= MaintenanceOf(symbol);

    /// <summary>What the position must keep, USD.</summary>
    public decimal MaintenanceOf(VenueSymbol symbol) => BracketsOf(symbol).MaintenanceUsd(NotionalUsd(symbol));

    /// <summary>What the position binds at its leverage, USD.</summary>
    public decimal InitialUsd(VenueSymbol symbol) => NotionalUsd(symbol) / symbol.Leverage;

    /// <summary>
    /// The mark at which this position would exhaust what stands behind it, other marks unchanged; null when none
    /// would.
    /// </summary>
    public decimal? LiquidationPrice(VenueSymbol symbol)
    {
        if (symbol.Quantity == 0) return null;
        var othersUsd = symbol.IsIsolated
            ? symbol.IsolatedMarginUsd
            : EquityUsd - UnrealizedUsd(symbol) - (MaintenanceUsd - MaintenanceOf(symbol));
        return BracketsOf(symbol).LiquidationPrice(symbol.Quantity, symbol.EntryPrice, othersUsd);
    }

    /// <summary>The mark, or the entry price before any is known, quote currency.</summary>
    public decimal MarkOf(VenueSymbol symbol) =>
        books.Markets.Find(symbol.Symbol.Name)?.Mark is > 0 and var mark ? mark : symbol.EntryPrice;

    public decimal NotionalUsd(VenueSymbol symbol) => Math.Abs(symbol.Quantity) * MarkOf(symbol);

    public decimal UnrealizedUsd(VenueSymbol symbol) => symbol.Quantity * (MarkOf(symbol) - symbol.EntryPrice);

    // A book that lost a symbol while it was held must not free the position of its margin.
    private LeverageBrackets BracketsOf(VenueSymbol symbol) =>
        settings.Symbols.Find(symbol.Symbol)?.Brackets ?? LeverageBrackets.Assumed;

    // A conditional order binds nothing before its trigger.
    private decimal OrdersMarginUsd(VenueSymbol symbol)
    {
        var margin = 0m;
        foreach (var id in symbol.LiveIds)
            if (books.Orders.Find(id) is { Reduces: false, Waits: false } order)
                margin += order.RemainingQuantity * (order.Command.Price ?? MarkOf(symbol)) / symbol.Leverage;
        return margin;
    }
}
