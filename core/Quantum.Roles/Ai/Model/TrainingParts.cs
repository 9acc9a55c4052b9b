using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>The three parts of the samples, oldest first, with a horizon's time left out between them.</summary>
/// <param name="Fit">What coefficients are fitted to.</param>
/// <param name="Calibration">What calibration is fitted to.</param>
/// <param name="Judgement">What judges the result.</param>
internal sealed record TrainingParts(
    IReadOnlyList<Sample> Fit, IReadOnlyList<Sample> Calibration, IReadOnlyList<Sample> Judgement)
{
    /// <summary>Samples of the smallest part.</summary>
    public int Smallest => Math.Min(Fit.Count, Math.Min(Calibration.Count, Judgement.Count));

    /// <param name="samples">In order of time, at least one.</param>
    /// <param name="settings">The shares and the horizon.</param>
    public static TrainingParts Split(IReadOnlyList<Sample> samples, TrainingSettings settings)
    {
        var purgeMs = settings.HorizonCandles * samples[0].SpanMs;
        var calibrationFromMs = samples[(int)(samples.Count * settings.FitShare)].AtMs;
        var judgementFromMs = samples[(int)(samples.Count * (settings.FitShare + settings.CalibrationShare))].AtMs;
        return new TrainingParts(
            [.. samples.Where(s => s.AtMs < calibrationFromMs - purgeMs)],
            [.. samples.Where(s => s.AtMs >= calibrationFromMs && s.AtMs < judgementFromMs - purgeMs)],
            [.. samples.Where(s => s.AtMs >= judgementFromMs)]);
    }
}
