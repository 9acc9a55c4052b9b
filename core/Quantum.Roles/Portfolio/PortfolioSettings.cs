namespace Quantum.Roles.Portfolio;

/// <summary>How the portfolio starts, how often it speaks and when a price is too old.</summary>
[Section("Portfolio")]
public sealed record PortfolioSettings
{
    /// <summary>USD; the same as the simulated venue's default.</summary>
    [Above(0)] public decimal StartBalanceUsd { get; set; } = 10_000m;

    /// <summary>Least time between two publications by the clock, ms; fills publish at once.</summary>
    [AtLeast(0)] public long SnapshotIntervalMs { get; set; } = 1_000;

    /// <summary>Longest silence while the clock strikes, ms.</summary>
    [AtLeast(nameof(SnapshotIntervalMs))] public long HeartbeatMs { get; set; } = 15_000;

    /// <summary>
    /// A mark older than this counts as stale, ms. The default leaves room for a feed that has only 1m candles; with a
    /// tick feed 10 s is right.
    /// </summary>
    [Above(0)] public long MarkStaleAfterMs { get; set; } = TapeAge.PriceMs;

    /// <summary>The defaults: a real-time feed has ticks, a tape may have candles only.</summary>
    public static PortfolioSettings For(bool isTape) => isTape ? new() : new() { MarkStaleAfterMs = 10_000 };
}
