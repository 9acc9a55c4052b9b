namespace Quantum.Roles.Portfolio;

/// <summary>How the portfolio starts, how often it speaks and when a price is too old.</summary>
public sealed record PortfolioSettings
{
    /// <summary>USD, above 0; the same as the simulated venue's default.</summary>
    public decimal StartBalanceUsd { get; init; } = 10_000m;

    /// <summary>Least time between two publications by the clock, ms, 0 or more; fills publish at once.</summary>
    public long SnapshotIntervalMs { get; init; } = 1_000;

    /// <summary>Longest silence while the clock strikes, ms, not below the snapshot interval.</summary>
    public long HeartbeatMs { get; init; } = 15_000;

    /// <summary>
    /// A mark older than this counts as stale, ms, above 0. The default leaves room for a feed that has only 1m
    /// candles; with a tick feed 10 s is right.
    /// </summary>
    public long MarkStaleAfterMs { get; init; } = TapeAge.PriceMs;

    /// <summary>The defaults: a real-time feed has ticks, a tape may have candles only.</summary>
    public static PortfolioSettings For(bool isTape) => isTape ? new() : new() { MarkStaleAfterMs = 10_000 };

    /// <summary>Throws an <see cref="ArgumentException"/> that names what is impossible.</summary>
    public PortfolioSettings Checked()
    {
        if (StartBalanceUsd <= 0m)
            throw Impossible($"StartBalanceUsd {StartBalanceUsd}: an account starts above 0 USD");
        if (SnapshotIntervalMs < 0) throw Impossible($"SnapshotIntervalMs {SnapshotIntervalMs}: give 0 or more");
        if (HeartbeatMs < SnapshotIntervalMs)
            throw Impossible($"HeartbeatMs {HeartbeatMs}: give at least SnapshotIntervalMs {SnapshotIntervalMs}");
        if (MarkStaleAfterMs <= 0) throw Impossible($"MarkStaleAfterMs {MarkStaleAfterMs}: give more than 0");
        return this;
    }

    private static ArgumentException Impossible(string what) => new($"portfolio settings: {what}.");
}
