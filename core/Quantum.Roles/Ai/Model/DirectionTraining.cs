using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// Trains the direction model: the oldest samples fit the coefficients, the next ones calibrate them, the newest
/// judge; between the parts as many minutes are left out as a label looks ahead, so no part knows another's outcome.
/// Neighbouring labels share all but one candle and the symbols move together, so all samples of one horizon's time
/// count as one.
/// </summary>
internal static class DirectionTraining
{
    // Where calibration (Platt 1999) starts from, a slope of 1 and no offset, and how far weak evidence moves it: few
    // independent outcomes rather leave a model too modest than too sure.
    private const double SlopeSpread = 0.5;
    private const double OffsetSpread = 0.1;
    private const double LeastSlope = 0.1;
    private const double MostSlope = 4;

    /// <param name="samples">Features and outcomes, sorted.</param>
    /// <param name="settings">Shares, horizon, regularisation.</param>
    /// <param name="inForce">The model to be beaten on the newest samples; null when there is none.</param>
    public static TrainingOutcome Train(SampleSet samples, TrainingSettings settings, DirectionModel? inForce)
    {
        if (samples.Count < settings.LeastSamples)
            return TrainingOutcome.Failed("too_little_data", string.Create(CultureInfo.InvariantCulture,
                $"{samples.Count} labelled candles, at least {settings.LeastSamples} are needed."));
        var parts = TrainingParts.Split(samples.Samples, settings);
        if (parts.Smallest < settings.LeastSamples / 20)
            return TrainingOutcome.Failed("too_little_data", string.Create(CultureInfo.InvariantCulture,
                $"{parts.Smallest} labelled candles in the smallest part, {settings.LeastSamples / 20} are needed."));

        var fit = Fit(parts.Fit, settings, out var means, out var deviations);
        if (!fit.Converged)
            return TrainingOutcome.Failed("diverged", string.Create(CultureInfo.InvariantCulture,
                $"no stable coefficients after {fit.Iterations} passes over {parts.Fit.Count} samples."),
                fit.Iterations);
        var raw = Unjudged(parts.Fit, settings, fit.Weights, means, deviations);
        var calibrated = Calibrate(raw, parts.Calibration, settings);
        if (calibrated is null)
            return TrainingOutcome.Failed("diverged", "the calibration has no stable slope.", fit.Iterations);
        var model = calibrated with { Metrics = Judge(calibrated, parts.Judgement) };
        return Improves(model, inForce, parts.Judgement, fit.Iterations)
            ?? new TrainingOutcome(model with { Version = VersionOf(model) }, null, null, fit.Iterations);
    }

    /// <summary>How a model does on samples.</summary>
    public static ModelMetrics Judge(DirectionModel model, IReadOnlyList<Sample> samples)
    {
        double loss = 0, brier = 0;
        int right = 0, ups = 0;
        foreach (var sample in samples)
        {
            var p = model.ProbabilityUp(sample.Features);
            var outcome = sample.Rose ? 1 : 0;
            loss += ModelMath.LogLoss(p, sample.Rose);
            brier += (p - outcome) * (p - outcome);
            if (p >= 0.5 == sample.Rose) right++;
            ups += outcome;
        }

        double n = samples.Count;
        return new ModelMetrics
        {
            Samples = samples.Count, LogLoss = loss / n, Accuracy = right / n, Brier = brier / n, UpShare = ups / n,
        };
    }

    // A model of other features cannot be judged, nor can it be used: whatever replaces it is better.
    private static TrainingOutcome? Improves(
        DirectionModel model, DirectionModel? inForce, IReadOnlyList<Sample> judgement, int iterations)
    {
        if (inForce is null || !inForce.FitsFeatures()) return null;
        var old = Judge(inForce, judgement);
        return model.Metrics.LogLoss < old.LogLoss
            ? null
            : TrainingOutcome.Failed("no_improvement", string.Create(CultureInfo.InvariantCulture,
                $"log loss {model.Metrics.LogLoss:0.00000} on {old.Samples} held-out candles, ")
                + string.Create(CultureInfo.InvariantCulture, $"{inForce.Version} has {old.LogLoss:0.00000}."),
                iterations);
    }

    private static LogisticFitResult Fit(
        IReadOnlyList<Sample> samples, TrainingSettings settings, out double[] means, out double[] deviations)
    {
        Standards(samples, out means, out deviations);
        var columns = FeatureSet.Count + 1;
        var rows = new double[samples.Count * columns];
        for (var r = 0; r < samples.Count; r++)
        {
            var features = samples[r].Features;
            for (var j = 0; j < features.Length; j++)
                rows[r * columns + j] = DirectionModel.Standardise(features[j], means[j], deviations[j]);
            rows[r * columns + columns - 1] = 1;
        }

        var spread = new double[columns];
        Array.Fill(spread, settings.WeightSpread);
        return LogisticFit.Solve(
            rows, Outcomes(samples), new double[columns], spread, Overlap(samples, settings), settings.MostIterations);
    }

    private static DirectionModel? Calibrate(
        DirectionModel raw, IReadOnlyList<Sample> samples, TrainingSettings settings)
    {
        var rows = new double[samples.Count * 2];
        for (var r = 0; r < samples.Count; r++)
        {
            rows[r * 2] = raw.Logit(samples[r].Features);
            rows[r * 2 + 1] = 1;
        }

        var fit = LogisticFit.Solve(
            rows, Outcomes(samples), [1, 0], [SlopeSpread, OffsetSpread], Overlap(samples, settings),
            settings.MostIterations);
        return fit.Converged
            ? raw with
            {
                CalibrationSlope = Math.Clamp(fit.Weights[0], LeastSlope, MostSlope),
                CalibrationOffset = fit.Weights[1],
            }
            : null;
    }

    private static void Standards(IReadOnlyList<Sample> samples, out double[] means, out double[] deviations)
    {
        means = new double[FeatureSet.Count];
        deviations = new double[FeatureSet.Count];
        foreach (var sample in samples)
            for (var j = 0; j < means.Length; j++) means[j] += sample.Features[j] / samples.Count;
        foreach (var sample in samples)
        {
            for (var j = 0; j < means.Length; j++)
            {
                var distance = sample.Features[j] - means[j];
                deviations[j] += distance * distance / samples.Count;
            }
        }

        for (var j = 0; j < means.Length; j++) deviations[j] = Math.Max(Math.Sqrt(deviations[j]), 1e-9);
    }

    private static DirectionModel Unjudged(
        IReadOnlyList<Sample> samples, TrainingSettings settings, double[] weights, double[] means,
        double[] deviations) => new()
        {
            Name = DirectionModel.ModelName,
            Version = "",
            FeatureHash = FeatureSet.Hash,
            Features = FeatureSet.Names,
            HorizonCandles = settings.HorizonCandles,
            Symbols = [.. samples.Select(s => s.Symbol).Distinct().Order(StringComparer.Ordinal)],
            TrainedFromMs = samples[0].AtMs,
            TrainedToMs = samples[^1].AtMs,
            Samples = samples.Count,
            Means = means,
            Deviations = deviations,
            Weights = weights[..^1],
            Bias = weights[^1],
            CalibrationSlope = 1,
            CalibrationOffset = 0,
            Metrics = new ModelMetrics { Samples = 0, LogLoss = 0, Accuracy = 0, Brier = 0, UpShare = 0 },
        };

    // Samples per horizon's time: how many of them tell one and the same move.
    private static double Overlap(IReadOnlyList<Sample> samples, TrainingSettings settings)
    {
        var candles = (samples[^1].AtMs - samples[0].AtMs) / (double)samples[0].SpanMs + 1;
        return Math.Max(1, samples.Count * settings.HorizonCandles / candles);
    }

    private static bool[] Outcomes(IReadOnlyList<Sample> samples) => [.. samples.Select(s => s.Rose)];

    private static string VersionOf(DirectionModel model)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(model.ToArtifact()));
        var end = DateTimeOffset.FromUnixTimeMilliseconds(model.TrainedToMs);
        return string.Create(CultureInfo.InvariantCulture,
            $"{end:yyyyMMddHHmm}-{model.Samples}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }
}
