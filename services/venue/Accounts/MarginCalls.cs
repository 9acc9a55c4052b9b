namespace Quantum.Venue.Accounts;

/// <summary>Warns once when a position comes near its liquidation, and anew after it was safe again.</summary>
internal static class MarginCalls
{
    /// <summary>What must be kept over what is there, from which on the exchange warns.</summary>
    private const decimal WarnRatio = 0.8m;

    public static void Check(Account account, Symbol symbol, long atMs)
    {
        if (account.FindHolding(symbol) is not { Quantity: not 0 } holding) return;
        var view = account.Figures.View();
        var position = view.Positions.First(known => known.Symbol == symbol);
        var (keptUsd, ownUsd) = position.IsIsolated
            ? (position.MaintenanceUsd, position.IsolatedUsd + position.UnrealizedUsd)
            : (view.CrossMaintenanceUsd, view.CrossWalletUsd + view.CrossUnrealizedUsd);
        var isNear = keptUsd >= ownUsd * WarnRatio;
        if (isNear && !holding.IsCalled) account.Events.MarginCall(view.CrossWalletUsd, [position], atMs);
        holding.IsCalled = isNear;
    }
}
