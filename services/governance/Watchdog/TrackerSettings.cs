namespace Quantum.Governance.Watchdog;

/// <summary>When a finding is told.</summary>
public sealed record TrackerSettings
{
    /// <summary>Seen, or not seen, in every look for this long counts, ms, from 0.</summary>
    public long ConfirmMs { get; init; } = 15_000;

    /// <summary>After the first look nothing is raised for this long, ms, from 0: what starts beside it takes its time.
    /// </summary>
    public long StartMs { get; init; } = 60_000;

    /// <summary>A growing count is told at most this often, ms, above 0.</summary>
    public long GrowthMs { get; init; } = 300_000;

    /// <summary>What is critical is told again after this, ms, above 0.</summary>
    public long RemindMs { get; init; } = 6 * 3_600_000L;

    /// <summary>Looks further apart than this, ms, above 0, prove nothing of the time between.</summary>
    public long LongestGapMs { get; init; } = 30_000;

    public static TrackerSettings Of(WatchdogSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new TrackerSettings
        {
            ConfirmMs = settings.ConfirmSeconds * 1000L, StartMs = settings.StartSeconds * 1000L,
            RemindMs = settings.RemindHours * 3_600_000L,
            LongestGapMs = Math.Max(30_000, settings.EverySeconds * 3000L),
        };
    }
}
