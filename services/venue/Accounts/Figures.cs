using Quantum.Roles.Venue;

namespace Quantum.Venue.Accounts;

/// <summary>
/// What an account owns and owes at the present marks: the role's own figures, with what only the exchange shows.
/// </summary>
internal sealed class Figures(Account account)
{
    /// <summary>The whole account.</summary>
    public AccountView View()
    {
        var told = account.Role.View();
        var positions = told.Positions.Select(position => Of(position, account.HoldingOf(position.Symbol))).ToList();
        return new AccountView(
            told.WalletUsd, Math.Max(0, told.AvailableUsd), positions.Sum(position => position.MarginUsd),
            positions.Sum(position => position.OrderMarginUsd), told.MaintenanceUsd, positions);
    }

    /// <summary>A symbol's position; also one that was never ordered.</summary>
    public PositionView PositionOf(Symbol symbol)
    {
        foreach (var position in account.Role.View().Positions)
            if (position.Symbol == symbol) return Of(position, account.HoldingOf(symbol));
        return new PositionView
        {
            Symbol = symbol, Quantity = 0, EntryPrice = 0, BreakEvenPrice = 0, MarkPrice = account.Marks.Of(symbol),
            Leverage = account.Rules.DefaultLeverage, IsIsolated = false, IsolatedUsd = 0, MarginUsd = 0,
            OrderMarginUsd = 0, MaintenanceUsd = 0, UnrealizedUsd = 0, LiquidationPrice = 0, RealizedUsd = 0,
            UpdatedMs = 0,
        };
    }

    private PositionView Of(SimVenuePosition position, Holding holding) => new()
    {
        Symbol = position.Symbol,
        Quantity = position.Quantity,
        EntryPrice = position.EntryPrice,
        BreakEvenPrice = holding.BreakEvenPrice,
        MarkPrice = position.MarkPrice,
        Leverage = position.Leverage,
        IsIsolated = position.IsIsolated,
        IsolatedUsd = position.IsolatedMarginUsd,
        MarginUsd = position.InitialUsd,
        OrderMarginUsd = OrdersUsd(position),
        MaintenanceUsd = position.MaintenanceUsd,
        UnrealizedUsd = position.UnrealizedUsd,
        LiquidationPrice = position.LiquidationPrice ?? 0,
        RealizedUsd = holding.RealizedUsd,
        UpdatedMs = holding.UpdatedMs,
    };

    private decimal OrdersUsd(SimVenuePosition position)
    {
        var sumUsd = 0m;
        foreach (var order in account.Orders.Live)
            if (order.Symbol == position.Symbol && !order.ReduceOnly)
                sumUsd += (order.Quantity - order.Executed) * (order.Price == 0 ? position.MarkPrice : order.Price)
                    / position.Leverage;
        return sumUsd;
    }
}
