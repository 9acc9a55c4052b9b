using Quantum.Roles.Gates;

namespace Quantum.Roles.TradingBot;

/// <summary>What is left of the day's exploration.</summary>
internal sealed class ExplorationBudget
{
    /// <summary>The reason of a trade that the day has no room for.</summary>
    public const string Gate = "exploration_budget";

    private const long DayMs = 86_400_000;

    /// <summary>UTC day, days since the epoch.</summary>
    public long Day { get; set; }

    /// <summary>Trades entered that day, from 0.</summary>
    public int Trades { get; set; }

    /// <summary>What these may lose, USD, from 0.</summary>
    public decimal ReservedUsd { get; set; }

    /// <summary>True in modes where nothing real is lost.</summary>
    public static bool Allows(TradingMode? mode) => mode is TradingMode.Sim or TradingMode.Paper;

    /// <summary>Reserves a trade's loss at its stop where the day has room for it.</summary>
    /// <returns>What is asked for beside what is left; nothing is reserved where it is closed.</returns>
    public GateReading Reserve(long atMs, decimal lossUsd, decimal equityUsd, ExplorationSettings settings)
    {
        if (atMs / DayMs != Day) (Day, Trades, ReservedUsd) = (atMs / DayMs, 0, 0);
        if (!settings.IsOn) return GateReading.Is("off", "on");
        if (Trades >= settings.DailyTrades) return GateReading.Below(Trades, settings.DailyTrades, "trades today");
        var mostUsd = equityUsd * (decimal)settings.DailyLossFraction;
        var reading = GateReading.AtMost(ReservedUsd + lossUsd, mostUsd, "USD today");
        if (!reading.IsOpen) return reading;
        Trades++;
        ReservedUsd += lossUsd;
        return reading;
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
