using Quantum.Roles.Symbols;

namespace Quantum.Roles.TradingBot;

/// <summary>How much may be entered, and the least that can be.</summary>
internal static class EntryRoom
{
    // A least order must still be one when the price has moved a little.
    private const decimal Slack = 1.05m;

    /// <summary>
    /// Notional that policy leaves for one more entry, USD, from 0: the smaller of the gross and the symbol limit, less
    /// what is asked for or filled and not yet in the portfolio's snapshot.
    /// </summary>
    public static decimal LeftUsd(BotSystemState system, decimal underWayUsd)
    {
        var policy = system.Policy!.Value;
        var portfolio = system.Portfolio!.Value;
        var gross = portfolio.TotalEquityUsd * (decimal)policy.MaxGrossExposureFraction
            - portfolio.TotalExposureUsd - system.UnbookedUsd - underWayUsd;
        var symbol = portfolio.TotalEquityUsd * (decimal)policy.MaxSymbolExposureFraction;
        return Math.Max(0, Math.Min(gross, symbol));
    }

    /// <summary>
    /// Notional of the least order, USD, with a little to spare; null where the symbol's filters are not known.
    /// </summary>
    public static decimal? LeastUsd(SymbolFilters? filters, decimal price)
    {
        if (filters is null) return null;
        var steps = Math.Ceiling(
            Math.Max(filters.MinQuantity, filters.MinNotionalUsd * Slack / price) / filters.StepSize);
        return Math.Ceiling(steps * filters.StepSize * price * 101m) / 100m;
    }
}
