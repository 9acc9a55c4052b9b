using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Closes positions at mark, the one that must keep the most margin first, while equity does not cover what all of them
/// must keep. There is no insurance fund: a gap may leave the cash below 0, and that is shown, not hidden.
/// </summary>
internal sealed class Liquidations(
    VenueSettings settings, VenueBooks books, Margin margin, Matching match, Intake intake, Updates updates)
{
    /// <summary>
    /// Looks at the account after a new price of a symbol; only one that is held can have changed it.
    /// </summary>
    public void Check(Symbol symbol, Outbox outbox)
    {
        if (books.Symbols.Find(symbol.Name) is not { Quantity: not 0 }) return;
        while (margin.IsBroke && Worst() is { } name) Liquidate(books.Symbols.Touch(name), outbox);
    }

    private string? Worst()
    {
        string? worst = null;
        var most = 0m;
        foreach (var (name, symbol) in books.Symbols.All)
        {
            if (margin.MaintenanceOf(symbol) <= most) continue;
            (worst, most) = (name, margin.MaintenanceOf(symbol));
        }

        return worst;
    }

    private void Liquidate(VenueSymbol symbol, Outbox outbox)
    {
        foreach (var id in symbol.LiveIds.ToArray())
        {
            var order = books.Orders.Touch(id);
            intake.Finish(symbol, order, OrderStatus.Canceled, "liquidation");
            updates.TellOrder(outbox, order);
        }

        var mark = books.Markets.Find(symbol.Symbol.Name)?.Mark is > 0 and var known ? known : symbol.EntryPrice;
        var side = symbol.Quantity > 0 ? Side.Sell : Side.Buy;
        var quantity = Math.Abs(symbol.Quantity);
        var feeUsd = quantity * mark * settings.LiquidationFeeFraction;
        match.Book(symbol, side.Sign() * quantity, mark, feeUsd);
        updates.TellAccount(outbox, UpdateKind.Liquidation, symbol, new OrderUpdate
        {
            Kind = UpdateKind.Liquidation,
            Symbol = symbol.Symbol,
            Status = OrderStatus.Filled,
            Side = side,
            VenueTradeId = $"{symbol.Symbol}-{++symbol.Sequence}",
            LastFillQuantity = quantity,
            LastFillPrice = mark,
            CumulativeQuantity = quantity,
            AveragePrice = mark,
            FeeUsd = feeUsd,
            ReasonCode = "liquidation",
        });
    }
}
