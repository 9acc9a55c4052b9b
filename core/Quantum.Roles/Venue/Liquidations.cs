using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Closes positions at mark with the symbol's fee. Cross: the one that must keep the most margin first, while equity
/// does not cover what all of them must keep; a gap may leave the cash below 0, and that is shown, not hidden.
/// Isolated: the position alone, when its own margin does not cover what it must keep; it never loses more than that
/// margin. Where the mark is beyond the price at which all of it is lost, that price is its fill's and the insurance
/// fund bears the rest.
/// </summary>
internal sealed class Liquidations(
    VenueSettings settings, VenueBooks books, Margin margin, Positions positions, Endings endings, Updates updates)
{
    /// <summary>
    /// Looks at the account after a new price of a symbol; only one that is held can have changed it.
    /// </summary>
    public void Check(Symbol symbol, Outbox outbox)
    {
        if (books.Symbols.Find(symbol.Name) is not { Quantity: not 0 } held) return;
        if (held.IsIsolated)
        {
            if (margin.IsExhausted(held)) LiquidateIsolated(books.Symbols.Touch(symbol.Name), outbox);
            return;
        }

        while (margin.IsBroke && Worst() is { } name) LiquidateCross(books.Symbols.Touch(name), outbox);
    }

    private string? Worst()
    {
        string? worst = null;
        var most = 0m;
        foreach (var (name, symbol) in books.Symbols.All)
        {
            if (symbol.IsIsolated || margin.MaintenanceOf(symbol) <= most) continue;
            (worst, most) = (name, margin.MaintenanceOf(symbol));
        }

        return worst;
    }

    private void LiquidateCross(VenueSymbol symbol, Outbox outbox)
    {
        var mark = margin.MarkOf(symbol);
        Close(symbol, mark, Math.Abs(symbol.Quantity) * mark * FeeFractionOf(symbol), outbox, null);
    }

    private void LiquidateIsolated(VenueSymbol symbol, Outbox outbox)
    {
        var mark = margin.MarkOf(symbol);
        var ownUsd = symbol.IsolatedMarginUsd;
        var leftUsd = ownUsd + margin.UnrealizedUsd(symbol);
        var missingUsd = Math.Max(0, -leftUsd);
        var price = missingUsd == 0 ? mark : symbol.EntryPrice - ownUsd / symbol.Quantity;
        var feeUsd = Math.Min(Math.Max(0, leftUsd), Math.Abs(symbol.Quantity) * price * FeeFractionOf(symbol));
        if (missingUsd > 0) books.Account.Touch().InsuranceUsd += missingUsd;
        Close(symbol, price, feeUsd, outbox, missingUsd == 0 ? null
            : $"at the mark {mark} its margin is short by {missingUsd:0.########} USD: the insurance fund bears it");
    }

    private decimal FeeFractionOf(VenueSymbol symbol) =>
        settings.Symbols.Find(symbol.Symbol)?.LiquidationFeeFraction ?? settings.LiquidationFeeFraction;

    private void Close(
        VenueSymbol symbol, decimal price, decimal feeUsd, Outbox outbox, string? reason)
    {
        endings.CancelAll(symbol, outbox);
        var side = symbol.Quantity > 0 ? Side.Sell : Side.Buy;
        var quantity = Math.Abs(symbol.Quantity);
        positions.Book(symbol, side.Sign() * quantity, price, feeUsd);
        updates.TellAccount(outbox, UpdateKind.Liquidation, symbol, new OrderUpdate
        {
            Kind = UpdateKind.Liquidation,
            Symbol = symbol.Symbol,
            Status = OrderStatus.Filled,
            Side = side,
            VenueTradeId = $"{symbol.Symbol}-{++symbol.Sequence}",
            LastFillQuantity = quantity,
            LastFillPrice = price,
            CumulativeQuantity = quantity,
            AveragePrice = price,
            FeeUsd = feeUsd,
            ReasonCode = "liquidation",
            Reason = reason ?? (margin.CrossCashUsd is < 0 and var owedUsd
                ? $"cross cash is {owedUsd:0.########} USD: no fund bears what the whole account owes" : null),
        });
    }
}
