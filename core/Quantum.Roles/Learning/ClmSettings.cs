using Quantum.Roles.Ai;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Learning;

/// <summary>What continuous learning may be told; every value has a range, checked at start.</summary>
[Section("Clm")]
public sealed record ClmSettings
{
    /// <summary>Length of the candles that are decided on, ms. As <c>Ai:IntervalMs</c>.</summary>
    [AtLeast(1_000)] public long IntervalMs { get; set; } = AiEngineSettings.UsualIntervalMs;

    /// <summary>The trade whose outcome is learnt. As <c>Ai:Plan</c>.</summary>
    public EntryPlanSettings Plan { get; set; } = new();

    /// <summary>
    /// How far back training looks, ms; where that is less than <see cref="WindowCandles"/> candles, so many.
    /// </summary>
    [Range(3_600_000.0, 7_776_000_000.0)] public long WindowMs { get; set; } = 30 * 86_400_000L;

    /// <summary>Candles that training looks back at least.</summary>
    [AtLeast(1)] public int WindowCandles { get; set; } = 2_880;

    /// <summary>
    /// Candles that end later than this before the request are left out, ms: they may still be under way, and training
    /// must not depend on it.
    /// </summary>
    [AtLeast(0)] public long SettleMs { get; set; } = 60_000;

    /// <summary>How the model is trained.</summary>
    public TrainingSettings Training { get; set; } = new();
}
