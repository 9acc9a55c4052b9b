using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// Trains the outcome model on all samples, and judges the same recipe on samples held out by purged cross-validation:
/// what is in force is what has proved itself, fitted to all that is known.
/// </summary>
internal static class OutcomeTraining
{
    /// <param name="samples">Features and outcomes, sorted.</param>
    /// <param name="settings">Folds, regularisation.</param>
    public static TrainingOutcome Train(SampleSet samples, TrainingSettings settings)
    {
        var labelled = samples.Samples;
        if (labelled.Count < settings.LeastSamples)
            return TrainingOutcome.Failed("too_little_data", string.Create(CultureInfo.InvariantCulture,
                $"{labelled.Count} labelled candles, at least {settings.LeastSamples} are needed."));
        var horizonMs = samples.HorizonMs;
        var independent = Independence.Count(labelled, horizonMs);
        var overlap = Math.Max(1, labelled.Count / independent);
        var (deviations, fit) = Fit(labelled, overlap, settings);
        var evidence = Judge(labelled, horizonMs, overlap, settings);
        var passes = 1 + settings.Folds;
        if (evidence.Count == 0)
            return TrainingOutcome.Failed("too_little_data", "no part of the samples can be held out.", passes);
        var unnamed = Of(samples, deviations, fit, evidence.Metrics(independent));
        return new TrainingOutcome(unnamed with { Version = VersionOf(unnamed) }, null, null, passes);
    }

    /// <summary>What the same recipe said of samples it had not seen.</summary>
    private static Evidence Judge(
        IReadOnlyList<Sample> samples, long horizonMs, double overlap, TrainingSettings settings)
    {
        var evidence = new Evidence(horizonMs);
        foreach (var fold in PurgedFolds.Split(samples, settings.Folds, horizonMs))
        {
            if (fold.Learnt.Count == 0) continue;
            var (deviations, fit) = Fit(fold.Learnt, overlap, settings);
            var baseRate = (fold.Learnt.Count(s => s.Rose) + 1.0) / (fold.Learnt.Count + 2);
            var heldOut = FeatureRows.Of(fold.HeldOut).Standardised(deviations);
            for (var i = 0; i < heldOut.Count; i++)
                evidence.Add(fold.HeldOut[i], Probability(heldOut[i], fit), baseRate);
        }

        return evidence;
    }

    private static double Probability(ReadOnlySpan<double> row, RidgeFit fit)
    {
        var mean = 0.0;
        for (var j = 0; j < fit.Weights.Length; j++) mean += fit.Weights[j] * row[j];
        return OutcomeModel.ProbabilityOf(mean, fit.SpreadR);
    }

    private static (double[] Deviations, RidgeFit Fit) Fit(
        IReadOnlyList<Sample> samples, double overlap, TrainingSettings settings)
    {
        var rows = FeatureRows.Of(samples);
        var deviations = rows.Deviations();
        var results = new double[samples.Count];
        for (var r = 0; r < results.Length; r++) results[r] = samples[r].LongR;
        return (deviations, RidgeFit.Solve(rows.Standardised(deviations), results, settings.WeightSpread, overlap));
    }

    private static OutcomeModel Of(
        SampleSet set, double[] deviations, RidgeFit fit, ModelMetrics metrics)
    {
        var samples = set.Samples;
        return new OutcomeModel
        {
            Name = OutcomeModel.ModelName,
            Version = "",
            FeatureHash = FeatureSet.Hash,
            Features = [.. FeatureSet.Directional.Select(place => FeatureSet.Names[place])],
            IntervalMs = set.SpanMs,
            HorizonCandles = (int)(set.HorizonMs / set.SpanMs),
            Symbols = [.. samples.Select(s => s.Symbol).Distinct().Order(StringComparer.Ordinal)],
            TrainedFromMs = samples[0].AtMs,
            TrainedToMs = samples[^1].AtMs,
            Samples = samples.Count,
            Deviations = deviations,
            Weights = fit.Weights,
            Factor = fit.Factor,
            SpreadR = fit.SpreadR,
            Metrics = metrics,
        };
    }

    private static string VersionOf(OutcomeModel model)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(model.ToArtifact()));
        var end = DateTimeOffset.FromUnixTimeMilliseconds(model.TrainedToMs);
        return string.Create(CultureInfo.InvariantCulture,
            $"{end:yyyyMMddHHmm}-{model.Samples}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }
}
