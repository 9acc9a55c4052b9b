using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Learning;

/// <summary>When the model supervisor asks for a new model; every value has a range, checked at start.</summary>
public sealed record SupervisorSettings
{
    /// <summary>How often it looks, ms of the tape, from 1,000.</summary>
    public long LookEveryMs { get; init; } = 60_000;

    /// <summary>Age of a model at which the next one is due, ms, from 60,000.</summary>
    public long ScheduleMs { get; init; } = 24 * 3_600_000L;

    /// <summary>
    /// Age at which the next one is due while the newest has not proved itself, ms, from 60,000: each try is a look at
    /// mostly the same data, and looks add up to false alarms.
    /// </summary>
    public long RetryMs { get; init; } = 12 * 3_600_000L;

    /// <summary>
    /// Wait after a failed job, ms, from 1,000; doubles with each failure in a row, four times at most.
    /// </summary>
    public long BackOffMs { get; init; } = 30 * 60_000;

    /// <summary>Least time between two jobs for drift or losses, ms, from 1,000.</summary>
    public long ComplaintPauseMs { get; init; } = 4 * 3_600_000L;

    /// <summary>A job unanswered for this long counts as failed, ms, from 1,000.</summary>
    public long JobTimeoutMs { get; init; } = 60 * 60_000;

    /// <summary>Losing trades of one version in a row that call for a new model, from 1.</summary>
    public int LossStreak { get; init; } = 5;

    /// <summary>Hours of scored signals that drift is judged on, from 1.</summary>
    public int DriftHours { get; init; } = 24;

    /// <summary>Scored signals below which drift is not judged, from 1.</summary>
    public int DriftLeastSignals { get; init; } = 500;

    /// <summary>How much the Brier score may exceed the one on held-out data, above 0.</summary>
    public double DriftBrier { get; init; } = 0.005;

    /// <summary>After how long a signal has come true or not, ms, from 1,000: the plan's time stop.</summary>
    public long HorizonMs { get; init; } = EntryPlanSettings.UsualHoldMs;

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public SupervisorSettings Checked()
    {
        AtLeast(nameof(LookEveryMs), LookEveryMs, 1_000);
        AtLeast(nameof(ScheduleMs), ScheduleMs, 60_000);
        AtLeast(nameof(BackOffMs), BackOffMs, 1_000);
        AtLeast(nameof(ComplaintPauseMs), ComplaintPauseMs, 1_000);
        AtLeast(nameof(JobTimeoutMs), JobTimeoutMs, 1_000);
        AtLeast(nameof(LossStreak), LossStreak, 1);
        AtLeast(nameof(DriftHours), DriftHours, 1);
        AtLeast(nameof(DriftLeastSignals), DriftLeastSignals, 1);
        AtLeast(nameof(HorizonMs), HorizonMs, 1_000);
        AtLeast(nameof(RetryMs), RetryMs, 60_000);
        return DriftBrier > 0
            ? this
            : throw new ArgumentException($"Supervisor:{nameof(DriftBrier)} is {DriftBrier}: set it above 0.");
    }

    private static void AtLeast(string name, long value, long least)
    {
        if (value < least) throw new ArgumentException($"Supervisor:{name} is {value}: set it to {least} or more.");
    }
}
