using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Learning;

/// <summary>When the model supervisor asks for a new model; every value has a range, checked at start.</summary>
[Section("ModelSupervisor")]
public sealed record SupervisorSettings
{
    /// <summary>How often it looks, ms of the tape.</summary>
    [AtLeast(1_000)] public long LookEveryMs { get; set; } = 60_000;

    /// <summary>Age of a model at which the next one is due, ms.</summary>
    [AtLeast(60_000)] public long ScheduleMs { get; set; } = 24 * 3_600_000L;

    /// <summary>
    /// Age at which the next one is due while the newest has not proved itself, ms: each try is a look at mostly the
    /// same data, and looks add up to false alarms.
    /// </summary>
    [AtLeast(60_000)] public long RetryMs { get; set; } = 12 * 3_600_000L;

    /// <summary>Wait after a failed job, ms; doubles with each failure in a row, four times at most.</summary>
    [AtLeast(1_000)] public long BackOffMs { get; set; } = 30 * 60_000;

    /// <summary>Least time between two jobs for drift or losses, ms.</summary>
    [AtLeast(1_000)] public long ComplaintPauseMs { get; set; } = 4 * 3_600_000L;

    /// <summary>A job unanswered for this long counts as failed, ms.</summary>
    [AtLeast(1_000)] public long JobTimeoutMs { get; set; } = 60 * 60_000;

    /// <summary>Losing trades of one version in a row that call for a new model.</summary>
    [AtLeast(1)] public int LossStreak { get; set; } = 5;

    /// <summary>Hours of scored signals that drift is judged on.</summary>
    [AtLeast(1)] public int DriftHours { get; set; } = 24;

    /// <summary>Scored signals below which drift is not judged.</summary>
    [AtLeast(1)] public int DriftLeastSignals { get; set; } = 500;

    /// <summary>How much the Brier score may exceed the one on held-out data.</summary>
    [Above(0)] public double DriftBrier { get; set; } = 0.005;

    /// <summary>After how long a signal has come true or not, ms: the plan's time stop.</summary>
    [AtLeast(1_000)] public long HorizonMs { get; set; } = EntryPlanSettings.UsualHoldMs;
}
