using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>Books fills into positions, their own margins and the cash.</summary>
internal sealed class Positions(VenueBooks books)
{
    /// <param name="symbol">Touched by the caller.</param>
    /// <param name="signedQuantity">Base quantity, above 0 for a buy.</param>
    /// <param name="price">Quote currency.</param>
    /// <param name="feeUsd">Taken from the cash that is no position's own.</param>
    public void Book(VenueSymbol symbol, decimal signedQuantity, decimal price, decimal feeUsd)
    {
        var (quantity, entryPrice, realizedUsd) =
            VenueArithmetic.Apply(symbol.Quantity, symbol.EntryPrice, signedQuantity, price);
        if (symbol.IsIsolated)
            symbol.IsolatedMarginUsd = VenueArithmetic.IsolatedMargin(
                symbol.IsolatedMarginUsd, symbol.Quantity, quantity, price, symbol.Leverage);
        symbol.Quantity = quantity;
        symbol.EntryPrice = entryPrice;
        var account = books.Account.Touch();
        account.RealizedUsd += realizedUsd;
        account.FeesUsd += feeUsd;
        account.CashUsd += realizedUsd - feeUsd;
    }
}
