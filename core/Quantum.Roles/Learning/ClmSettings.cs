using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Learning;

/// <summary>What continuous learning may be told; every value has a range, checked at start.</summary>
[Section("Clm")]
public sealed record ClmSettings
{
    /// <summary>How far back training looks where candles are a minute long, ms; longer candles are as many.</summary>
    [Range(3_600_000.0, 2_592_000_000.0)] public long WindowMs { get; set; } = 3 * 86_400_000L;

    /// <summary>
    /// Candles that end later than this before the request are left out, ms: they may still be under way, and training
    /// must not depend on it.
    /// </summary>
    [AtLeast(0)] public long SettleMs { get; set; } = 60_000;

    /// <summary>How the model is trained.</summary>
    public TrainingSettings Training { get; set; } = new();
}
