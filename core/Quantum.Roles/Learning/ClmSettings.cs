using Quantum.Roles.Ai;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Learning;

/// <summary>What continuous learning may be told; every value has a range, checked at start.</summary>
public sealed record ClmSettings
{
    /// <summary>Length of the candles that are decided on, ms, from 1,000. As <c>Ai:IntervalMs</c>.</summary>
    public long IntervalMs { get; init; } = AiEngineSettings.UsualIntervalMs;

    /// <summary>The trade whose outcome is learnt. As <c>Ai:Plan</c>.</summary>
    public EntryPlanSettings Plan { get; init; } = new();

    /// <summary>
    /// How far back training looks, ms, 1 hour to 90 days; where that is less than <see cref="WindowCandles"/> candles,
    /// so many.
    /// </summary>
    public long WindowMs { get; init; } = 30 * 86_400_000L;

    /// <summary>Candles that training looks back at least, from 1.</summary>
    public int WindowCandles { get; init; } = 2_880;

    /// <summary>
    /// Candles that end later than this before the request are left out, ms, from 0: they may still be under way, and
    /// training must not depend on it.
    /// </summary>
    public long SettleMs { get; init; } = 60_000;

    public TrainingSettings Training { get; init; } = new();

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public ClmSettings Checked()
    {
        const long HourMs = 3_600_000;
        if (IntervalMs < 1_000)
            throw new ArgumentException($"Learning:{nameof(IntervalMs)} is {IntervalMs}: set it to 1000 or more.");
        if (WindowMs is < HourMs or > 90 * 24 * HourMs)
            throw new ArgumentException(
                $"Learning:{nameof(WindowMs)} is {WindowMs}: set it to 3600000 to 7776000000.");
        if (WindowCandles < 1)
            throw new ArgumentException($"Learning:{nameof(WindowCandles)} is {WindowCandles}: set it to 1 or more.");
        if (SettleMs < 0)
            throw new ArgumentException($"Learning:{nameof(SettleMs)} is {SettleMs}: set it to 0 or more.");
        Plan.Checked("Learning");
        Training.Checked();
        return this;
    }
}
