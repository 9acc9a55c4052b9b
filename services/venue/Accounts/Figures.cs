using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;

namespace Quantum.Venue.Accounts;

/// <summary>What an account owns and owes at the present marks.</summary>
internal sealed class Figures(Account account)
{
    /// <summary>What isolated positions hold of their own, USD.</summary>
    public decimal IsolatedUsd() => account.Holdings.Sum(IsolatedOf);

    /// <summary>The whole account.</summary>
    public AccountView View()
    {
        var positions = account.Holdings.Select(PositionOf).ToList();
        var boundUsd = positions.Sum(position => position.MarginUsd);
        var ordersUsd = positions.Sum(position => position.OrderMarginUsd);
        var equityUsd = account.WalletUsd + positions.Sum(position => position.UnrealizedUsd);
        return new AccountView(
            account.WalletUsd, Math.Max(0, equityUsd - boundUsd - ordersUsd), boundUsd, ordersUsd,
            positions.Sum(position => position.MaintenanceUsd), positions);
    }

    public PositionView PositionOf(Holding holding)
    {
        var mark = account.Marks.Of(holding.Symbol);
        var priced = mark > 0 ? mark : holding.EntryPrice;
        var notionalUsd = Math.Abs(holding.Quantity) * priced;
        return new PositionView
        {
            Symbol = holding.Symbol,
            Quantity = holding.Quantity,
            EntryPrice = holding.EntryPrice,
            BreakEvenPrice = holding.BreakEvenPrice,
            MarkPrice = priced,
            Leverage = holding.Leverage,
            IsIsolated = holding.IsIsolated,
            IsolatedUsd = IsolatedOf(holding),
            MarginUsd = notionalUsd / holding.Leverage,
            OrderMarginUsd = OrdersUsd(holding),
            MaintenanceUsd = notionalUsd == 0 ? 0 : BracketsOf(holding.Symbol).MaintenanceUsd(notionalUsd),
            LiquidationPrice = LiquidationOf(holding),
            RealizedUsd = holding.RealizedUsd,
            UpdatedMs = holding.UpdatedMs,
        };
    }

    /// <summary>The steps of a symbol's leverage.</summary>
    public LeverageBrackets BracketsOf(Symbol symbol) =>
        account.Rules.Symbols.Find(symbol)?.Brackets ?? LeverageBrackets.Assumed;

    private decimal IsolatedOf(Holding holding) =>
        holding is { IsIsolated: true, Quantity: not 0 }
            ? Math.Abs(holding.Quantity) * holding.EntryPrice / holding.Leverage : 0;

    private decimal OrdersUsd(Holding holding)
    {
        var sumUsd = 0m;
        foreach (var order in account.Orders.Live)
            if (order.Symbol == holding.Symbol && !order.ReduceOnly)
                sumUsd += (order.Quantity - order.Executed)
                    * (order.Price == 0 ? account.Marks.Of(order.Symbol) : order.Price) / holding.Leverage;
        return sumUsd;
    }

    private decimal LiquidationOf(Holding holding)
    {
        if (holding.Quantity == 0) return 0;
        var otherUsd = holding.IsIsolated ? IsolatedOf(holding) : account.WalletUsd - IsolatedUsd();
        if (!holding.IsIsolated)
            foreach (var other in account.Holdings)
            {
                if (other == holding || other.IsIsolated || other.Quantity == 0) continue;
                var mark = account.Marks.Of(other.Symbol);
                otherUsd += other.Quantity * (mark - other.EntryPrice)
                    - BracketsOf(other.Symbol).MaintenanceUsd(Math.Abs(other.Quantity) * mark);
            }

        return BracketsOf(holding.Symbol).LiquidationPrice(holding.Quantity, holding.EntryPrice, otherUsd) ?? 0;
    }
}
