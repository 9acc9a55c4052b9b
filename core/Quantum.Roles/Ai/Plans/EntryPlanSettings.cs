namespace Quantum.Roles.Ai.Plans;

/// <summary>How the trade is planned that a signal stands for; ranges are checked at start.</summary>
public sealed record EntryPlanSettings
{
    /// <summary>How long a trade is held at most, ms; as ExitBrain's time stop.</summary>
    public const long UsualHoldMs = 30 * 60_000;

    /// <summary>The one target of the plan, in R.</summary>
    public const double TargetR = 1;

    /// <summary>Time stop, ms; ExitBrain's <c>MaxHoldMs</c> is the same.</summary>
    [AtLeast(1_000)] public long HoldMs { get; set; } = UsualHoldMs;

    /// <summary>
    /// The stop's distance in ranges of the whole hold: ATR of a candle times the square root of the candles that are
    /// held.
    /// </summary>
    [Above(0)] public double StopInRanges { get; set; } = 4;

    /// <summary>Nearest stop, fraction of price.</summary>
    [Above(0)] public double LeastStopFraction { get; set; } = 0.0015;

    /// <summary>Farthest stop, fraction of price, below the executor's limit.</summary>
    [Above(nameof(LeastStopFraction)), Range(0.0, 0.1, MaximumIsExclusive = true)]
    public double MostStopFraction { get; set; } = 0.09;
}
