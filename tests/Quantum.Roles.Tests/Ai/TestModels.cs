using Quantum.Contracts.Events;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Tests.Ai;

/// <summary>Models by hand, whose every answer is known.</summary>
internal static class TestModels
{
    /// <summary>A model that always says the same probability of a rise.</summary>
    public static DirectionModel Always(double up, string version = "v1") => new()
    {
        Name = DirectionModel.ModelName,
        Version = version,
        FeatureHash = FeatureSet.Hash,
        Features = FeatureSet.Names,
        HorizonCandles = 15,
        Symbols = ["NEARUSDT"],
        TrainedFromMs = 1,
        TrainedToMs = 2,
        Samples = 1_000,
        Means = new double[FeatureSet.Count],
        Deviations = [.. Enumerable.Repeat(1.0, FeatureSet.Count)],
        Weights = new double[FeatureSet.Count],
        Bias = Math.Log(up / (1 - up)),
        CalibrationSlope = 1,
        CalibrationOffset = 0,
        Metrics = new ModelMetrics { Samples = 200, LogLoss = 0.69, Accuracy = 0.53, Brier = 0.248, UpShare = 0.5 },
    };

    public static RetrainingCompleted Announced(this DirectionModel model, string jobId = "job") => new()
    {
        JobId = jobId,
        ModelName = model.Name,
        ModelVersion = model.Version,
        FeatureHash = model.FeatureHash,
        Artifact = model.ToArtifact(),
        Samples = model.Samples,
        ValidationLogLoss = model.Metrics.LogLoss,
        ValidationAccuracy = model.Metrics.Accuracy,
        Iterations = 4,
    };
}
