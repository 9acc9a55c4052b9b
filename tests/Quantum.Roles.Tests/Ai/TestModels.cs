using Quantum.Contracts.Events;
using Quantum.Roles.Ai;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Tests.Ai;

/// <summary>Models by hand, whose every answer is known.</summary>
internal static class TestModels
{
    /// <summary>An AI that decides on the minute candles that the tests feed.</summary>
    public static AiEngineSettings OfMinutes { get; } = new() { IntervalMs = Candle.LengthMs };

    /// <summary>Cents that a walk gains a candle so that its last hour has risen, whatever its chance.</summary>
    public const int Rising = 60;

    /// <summary>
    /// A model that says one probability of a rise where the last 60 candles rose, and its mirror where they fell.
    /// </summary>
    public static OutcomeModel Always(double up, string version = "v1")
    {
        var count = FeatureSet.Directional.Count;
        var place = FeatureSet.Directional.ToList().FindIndex(i => FeatureSet.Names[i] == "ret_60");
        var weights = new double[count];
        // So small a deviation clips every value to four of them.
        weights[place] = MeanOf(up) / 4;
        return new OutcomeModel
        {
            Name = OutcomeModel.ModelName,
            Version = version,
            FeatureHash = FeatureSet.Hash,
            Features = [.. FeatureSet.Directional.Select(i => FeatureSet.Names[i])],
            IntervalMs = Candle.LengthMs,
            HorizonCandles = 30,
            Symbols = ["NEARUSDT"],
            TrainedFromMs = 1,
            TrainedToMs = 2,
            Samples = 1_000,
            Deviations = [.. Enumerable.Repeat(1e-9, count)],
            Weights = weights,
            // No error in the weights: the inverse of what is beyond all measure.
            Factor = [.. Enumerable.Range(0, count).SelectMany(row =>
                Enumerable.Range(0, row + 1).Select(column => row == column ? 1e9 : 0))],
            SpreadR = SpreadR,
            Metrics = new ModelMetrics
            {
                Samples = 200, LogLoss = 0.68, BaseLogLoss = 0.69, Accuracy = 0.53, Brier = 0.248, Evidence = 3,
                Blocks = 30, IndependentOutcomes = 100,
            },
        };
    }

    /// <summary>Spread of its results, R.</summary>
    public const double SpreadR = 0.5;

    /// <summary>The expected result, R, that goes with a probability.</summary>
    public static double MeanOf(double up) => SpreadR * Math.Log(up / (1 - up)) / 1.702;

    public static RetrainingCompleted Announced(
        this OutcomeModel model, string jobId = "job", bool isInForce = true) => new()
        {
            JobId = jobId,
            ModelName = model.Name,
            ModelVersion = model.Version,
            FeatureHash = model.FeatureHash,
            Artifact = model.ToArtifact(),
            Samples = model.Samples,
            ValidationLogLoss = model.Metrics.LogLoss,
            ValidationAccuracy = model.Metrics.Accuracy,
            BaseRateLogLoss = model.Metrics.BaseLogLoss,
            Evidence = model.Metrics.Evidence,
            IndependentOutcomes = (int)model.Metrics.IndependentOutcomes,
            InForce = isInForce,
            Iterations = 4,
        };
}
