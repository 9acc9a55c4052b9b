using System.Globalization;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>Whether a tape is long enough for a first model: without one there is no signal on it.</summary>
public static class TrainingNeed
{
    /// <summary>One line that says how much is missing; null when there is enough.</summary>
    /// <param name="candlesOfEach">Candles of each symbol.</param>
    /// <param name="interval">What they are called, for the line.</param>
    /// <param name="settings">As the model is trained; null: the defaults.</param>
    public static string? Shortage(IReadOnlyList<long> candlesOfEach, string interval,
        TrainingSettings? settings = null)
    {
        settings ??= new TrainingSettings();
        var lost = FeatureWindow.WarmUpCandles - 1 + settings.HorizonCandles;
        var samples = candlesOfEach.Sum(candles => Math.Max(0, candles - lost));
        return samples >= settings.LeastSamples ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{candlesOfEach.Sum()} candles of {interval} make {samples} samples, and a first model needs "
            + $"{settings.LeastSamples}: no signal is to be expected; give a longer tape, or shorter candles.");
    }
}
