using Quantum.Contracts.Units;

namespace Quantum.Roles.Governance;

/// <summary>What the portfolio said last.</summary>
internal sealed record PortfolioView
{
    /// <summary>UTC epoch ms of the last snapshot; null before the first.</summary>
    public long? SnapshotAtMs { get; init; }

    /// <summary>Since UTC midnight, 0 or more.</summary>
    public double DailyDrawdownFraction { get; init; }

    /// <summary>Since the peak, 0 to 1.</summary>
    public double DrawdownFraction { get; init; }

    /// <summary>Venue differences adopted since UTC midnight.</summary>
    public int AdjustmentsToday { get; init; }

    /// <summary>USD; null before the first word.</summary>
    public decimal? EquityUsd { get; init; }

    /// <summary>USD.</summary>
    public decimal GrossExposureUsd { get; init; }

    /// <summary>Since when open positions have stale marks, UTC epoch ms; null when they have none.</summary>
    public long? StaleMarksSinceMs { get; init; }
}
