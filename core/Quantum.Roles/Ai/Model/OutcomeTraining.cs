using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// Trains the outcome model on all samples, and judges the same recipe on samples held out by purged cross-validation:
/// what is in force is what has proved itself, fitted to all that is known. One training after the other uses the same
/// room.
/// </summary>
internal sealed class OutcomeTraining
{
    private readonly FeatureRows _all = new();
    private readonly FeatureRows _part = new();
    private readonly List<double> _results = [];

    /// <param name="samples">Features and outcomes, sorted.</param>
    /// <param name="settings">Folds, regularisation.</param>
    public TrainingOutcome Train(SampleSet samples, TrainingSettings settings)
    {
        var labelled = samples.Samples;
        if (labelled.Count < settings.LeastSamples)
            return TrainingOutcome.Failed("too_little_data", string.Create(CultureInfo.InvariantCulture,
                $"{labelled.Count} labelled candles, at least {settings.LeastSamples} are needed."));
        var horizonMs = samples.HorizonMs;
        var independent = Independence.Count(labelled, horizonMs);
        var overlap = Math.Max(1, labelled.Count / independent);
        _all.Clear();
        foreach (var sample in labelled) _all.Add(samples.FeaturesOf(in sample));
        var (deviations, fit) = Fit(labelled, labelled.Count, labelled.Count, overlap, settings);
        var evidence = Judge(labelled, horizonMs, overlap, settings);
        var passes = 1 + settings.Folds;
        if (evidence.Count == 0)
            return TrainingOutcome.Failed("too_little_data", "no part of the samples can be held out.", passes);
        var unnamed = Of(samples, deviations, fit, evidence.Metrics(independent));
        return new TrainingOutcome(unnamed with { Version = VersionOf(unnamed) }, null, null, passes);
    }

    /// <summary>What the same recipe said of samples it had not seen.</summary>
    private Evidence Judge(
        IReadOnlyList<Sample> samples, long horizonMs, double overlap, TrainingSettings settings)
    {
        var evidence = new Evidence(horizonMs);
        foreach (var fold in PurgedFolds.Split(samples, settings.Folds, horizonMs))
        {
            var learnt = fold.LearntTo + samples.Count - fold.LearntFrom;
            if (learnt == 0) continue;
            var (deviations, fit) = Fit(samples, fold.LearntTo, fold.LearntFrom, overlap, settings);
            var baseRate = (_results.Count(static longR => longR > 0) + 1.0) / (learnt + 2);
            _part.Clear();
            _part.Add(_all, fold.From, fold.To);
            _part.Standardise(deviations);
            for (var i = 0; i < _part.Count; i++)
                evidence.Add(samples[fold.From + i], Probability(_part[i], fit), baseRate);
        }

        return evidence;
    }

    private static double Probability(ReadOnlySpan<double> row, RidgeFit fit)
    {
        var mean = 0.0;
        for (var j = 0; j < fit.Weights.Length; j++) mean += fit.Weights[j] * row[j];
        return OutcomeModel.ProbabilityOf(mean, fit.SpreadR);
    }

    // Of all samples but those from the one place to the other.
    private (double[] Deviations, RidgeFit Fit) Fit(
        IReadOnlyList<Sample> samples, int to, int from, double overlap, TrainingSettings settings)
    {
        _part.Clear();
        _part.Add(_all, 0, to);
        _part.Add(_all, from, samples.Count);
        _results.Clear();
        for (var r = 0; r < to; r++) _results.Add(samples[r].LongR);
        for (var r = from; r < samples.Count; r++) _results.Add(samples[r].LongR);
        var deviations = _part.Deviations();
        _part.Standardise(deviations);
        var results = CollectionsMarshal.AsSpan(_results);
        return (deviations, RidgeFit.Solve(_part, results, settings.WeightSpread, overlap));
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
