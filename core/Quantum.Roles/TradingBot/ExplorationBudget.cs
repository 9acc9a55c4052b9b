using Quantum.Contracts.Units;

namespace Quantum.Roles.TradingBot;

/// <summary>What is left of the day's exploration.</summary>
internal sealed class ExplorationBudget
{
    private const long DayMs = 86_400_000;

    /// <summary>UTC day, days since the epoch.</summary>
    public long Day { get; set; }

    /// <summary>Trades entered that day, from 0.</summary>
    public int Trades { get; set; }

    /// <summary>What these may lose, USD, from 0.</summary>
    public decimal ReservedUsd { get; set; }

    /// <summary>True in modes where nothing real is lost.</summary>
    public static bool Allows(TradingMode? mode) => mode is TradingMode.Sim or TradingMode.Paper;

    /// <summary>Reserves a trade's loss at its stop; false when the day has no room for it.</summary>
    public bool TryReserve(long atMs, decimal lossUsd, decimal equityUsd, ExplorationSettings settings)
    {
        if (atMs / DayMs != Day) (Day, Trades, ReservedUsd) = (atMs / DayMs, 0, 0);
        var mostUsd = equityUsd * (decimal)settings.DailyLossFraction;
        if (!settings.IsOn || Trades >= settings.DailyTrades || ReservedUsd + lossUsd > mostUsd) return false;
        Trades++;
        ReservedUsd += lossUsd;
        return true;
    }

    /// <summary>Gives back what a trade reserved that was not made; of another day there is nothing to give back.
    /// </summary>
    public void Release(long reservedAtMs, decimal lossUsd)
    {
        if (reservedAtMs / DayMs != Day) return;
        Trades--;
        ReservedUsd -= lossUsd;
    }
}
