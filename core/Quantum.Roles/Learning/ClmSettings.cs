using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Learning;

/// <summary>What continuous learning may be told; every value has a range, checked at start.</summary>
public sealed record ClmSettings
{
    /// <summary>
    /// How far back training looks where candles are a minute long, ms, 1 hour to 30 days; longer candles are as many.
    /// </summary>
    public long WindowMs { get; init; } = 3 * 86_400_000L;

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
        if (WindowMs is < HourMs or > 720 * HourMs)
            throw new ArgumentException(
                $"Learning:{nameof(WindowMs)} is {WindowMs}: set it to 3600000 to 2592000000.");
        if (SettleMs < 0)
            throw new ArgumentException($"Learning:{nameof(SettleMs)} is {SettleMs}: set it to 0 or more.");
        Training.Checked();
        return this;
    }
}
