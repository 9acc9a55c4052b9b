namespace Quantum.Roles.Ai.Plans;

/// <summary>How the trade is planned that a signal stands for; ranges are checked at start.</summary>
public sealed record EntryPlanSettings
{
    /// <summary>How long a trade is held at most, ms; as ExitBrain's time stop.</summary>
    public const long UsualHoldMs = 30 * 60_000;

    /// <summary>The one target of the plan, in R.</summary>
    public const double TargetR = 1;

    /// <summary>Time stop, ms, from 1,000; ExitBrain's <c>MaxHoldMs</c> is the same.</summary>
    public long HoldMs { get; init; } = UsualHoldMs;

    /// <summary>
    /// The stop's distance in ranges of the whole hold, above 0: ATR of a candle times the square root of the candles
    /// that are held.
    /// </summary>
    public double StopInRanges { get; init; } = 4;

    /// <summary>Nearest stop, fraction of price, above 0.</summary>
    public double LeastStopFraction { get; init; } = 0.0015;

    /// <summary>Farthest stop, fraction of price, above the nearest, below 0.1, the executor's limit.</summary>
    public double MostStopFraction { get; init; } = 0.09;

    /// <summary>The settings themselves; throws <see cref="ArgumentException"/> that names the one at fault.</summary>
    public EntryPlanSettings Checked(string section)
    {
        if (HoldMs < 1_000) throw Bad(section, nameof(HoldMs), HoldMs, "1000 or more");
        if (!(StopInRanges > 0)) throw Bad(section, nameof(StopInRanges), StopInRanges, "above 0");
        if (!(LeastStopFraction > 0)) throw Bad(section, nameof(LeastStopFraction), LeastStopFraction, "above 0");
        return MostStopFraction > LeastStopFraction && MostStopFraction < 0.1
            ? this
            : throw Bad(section, nameof(MostStopFraction), MostStopFraction, $"above {LeastStopFraction}, below 0.1");
    }

    private static ArgumentException Bad(string section, string name, object value, string range) =>
        new($"{section}:Plan:{name} is {value}: set it to {range}.");
}
