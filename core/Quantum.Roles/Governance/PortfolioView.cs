namespace Quantum.Roles.Governance;

/// <summary>What the portfolio said last.</summary>
internal sealed class PortfolioView
{
    /// <summary>UTC epoch ms of the last snapshot; null before the first.</summary>
    public long? SnapshotAtMs { get; set; }

    /// <summary>Since UTC midnight, 0 or more.</summary>
    public double DailyDrawdownFraction { get; set; }

    /// <summary>Since the peak, 0 to 1.</summary>
    public double DrawdownFraction { get; set; }

    /// <summary>Venue differences adopted since UTC midnight.</summary>
    public int AdjustmentsToday { get; set; }

    /// <summary>USD; null before the first word.</summary>
    public decimal? EquityUsd { get; set; }

    /// <summary>USD.</summary>
    public decimal GrossExposureUsd { get; set; }

    /// <summary>Since when open positions have stale marks, UTC epoch ms; null when they have none.</summary>
    public long? StaleMarksSinceMs { get; set; }

    /// <summary>Takes the newest snapshot.</summary>
    public void Take(in PortfolioSnapshot snapshot, long atMs)
    {
        SnapshotAtMs = atMs;
        DailyDrawdownFraction = snapshot.DailyDrawdownFraction;
        DrawdownFraction = snapshot.DrawdownFraction;
        AdjustmentsToday = snapshot.AdjustmentsToday;
        EquityUsd = snapshot.TotalEquityUsd;
        StaleMarksSinceMs = snapshot.StaleMarks == 0 ? null : StaleMarksSinceMs ?? atMs;
    }
}
