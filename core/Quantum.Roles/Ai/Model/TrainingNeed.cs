using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Ai.Model;

/// <summary>Whether a tape is long enough for a first model: without one there is no signal on it.</summary>
public static class TrainingNeed
{
    /// <summary>One line that says how much is missing; null when there is enough.</summary>
    /// <param name="candlesOfEach">Candles of each symbol.</param>
    /// <param name="candleMs">Their length, ms.</param>
    /// <param name="interval">What they are called, for the line.</param>
    /// <param name="wantedMs">The interval that is decided on, ms.</param>
    public static string? Shortage(
        IReadOnlyList<long> candlesOfEach, long candleMs, string interval,
        long wantedMs = AiEngineSettings.UsualIntervalMs)
    {
        var settings = new TrainingSettings();
        var intervalMs = DecisionCandle.IntervalOf(wantedMs, candleMs);
        var lost = FeatureWindow.WarmUpCandles - 1 + EntryPlan.Of(0, intervalMs, new EntryPlanSettings()).HoldCandles;
        var samples = candlesOfEach.Sum(candles => Math.Max(0, candles * candleMs / intervalMs - lost));
        return samples >= settings.LeastSamples ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{candlesOfEach.Sum()} candles of {interval} make {samples} samples of {intervalMs / 60_000.0:0.##} min, "
            + $"and a first model needs {settings.LeastSamples}: no signal is to be expected; give a longer tape.");
    }
}
