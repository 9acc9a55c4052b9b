using System.Text.Json;
using Quantum.Contracts.Wire;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// The first model: a calibrated, L2-regularised logistic regression for the sign of the log return over the next
/// <see cref="HorizonCandles"/> candles, one for all symbols. With its provenance it is the artefact that
/// <c>learning.retraining.completed</c> carries.
/// </summary>
internal sealed record DirectionModel
{
    /// <summary>The model's name on every event.</summary>
    public const string ModelName = "direction-logit";

    /// <summary>A standardised feature counts at most this much, standard deviations.</summary>
    private const double MostDeviations = 4;

    public required string Name { get; init; }

    /// <summary>
    /// End of the training range, samples and a hash of the coefficients: the same data, the same version.
    /// </summary>
    public required string Version { get; init; }

    /// <summary>Hash of the ordered features it was trained on.</summary>
    public required string FeatureHash { get; init; }

    /// <summary>The features in the order of the coefficients.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>How far it looks ahead, candles, from 1.</summary>
    public required int HorizonCandles { get; init; }

    /// <summary>The symbols it was trained on, in order.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Close time of the first and the last training sample, UTC epoch ms.</summary>
    public required long TrainedFromMs { get; init; }

    public required long TrainedToMs { get; init; }

    /// <summary>Samples that the coefficients were fitted to, from 1.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean of each feature over the training samples.</summary>
    public required IReadOnlyList<double> Means { get; init; }

    /// <summary>Standard deviation of each feature, above 0.</summary>
    public required IReadOnlyList<double> Deviations { get; init; }

    /// <summary>One coefficient per standardised feature.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The coefficient of the constant.</summary>
    public required double Bias { get; init; }

    /// <summary>What calibration multiplies the logit by, above 0; below 1 where training was too sure.</summary>
    public required double CalibrationSlope { get; init; }

    /// <summary>What calibration adds to the logit.</summary>
    public required double CalibrationOffset { get; init; }

    /// <summary>How it did on the held-out end of its data.</summary>
    public required ModelMetrics Metrics { get; init; }

    /// <summary>True when it was trained on the features that this build computes.</summary>
    public bool FitsFeatures() => FeatureHash == FeatureSet.Hash;

    /// <summary>
    /// Calibrated probability that the price rises over the horizon. Throws when the model was trained on other
    /// features: coefficients are never applied to what they were not made for.
    /// </summary>
    public double ProbabilityUp(ReadOnlySpan<double> features)
    {
        if (!FitsFeatures())
            throw new InvalidOperationException(
                $"model {Version} was trained on features {FeatureHash}, this build computes {FeatureSet.Hash}.");
        return ModelMath.Logistic(CalibrationSlope * Logit(features) + CalibrationOffset);
    }

    /// <summary>The logit before calibration.</summary>
    public double Logit(ReadOnlySpan<double> features)
    {
        var logit = Bias;
        for (var i = 0; i < Weights.Count; i++)
            logit += Weights[i] * Standardise(features[i], Means[i], Deviations[i]);
        return logit;
    }

    /// <summary>The artefact as JSON text.</summary>
    public string ToArtifact() => JsonSerializer.Serialize(this, WireJson.Options);

    /// <summary>Reads an artefact; null when it is none, with what is wrong with it in words.</summary>
    public static DirectionModel? FromArtifact(string artifact, out string? fault)
    {
        fault = WireJson.TryParse<DirectionModel>(artifact, out var model)
            ? model.Fault()
            : "it is not the JSON of a direction model";
        return fault is null ? model : null;
    }

    /// <summary>What makes the model unusable, in words; null when nothing does.</summary>
    public string? Fault()
    {
        var count = Features.Count;
        if (Name.Length == 0 || Version.Length == 0) return "it has no name or no version";
        if (Weights.Count != count) return $"it has {Weights.Count} weights for {count} features";
        if (Means.Count != count) return $"it has {Means.Count} means for {count} features";
        if (Deviations.Count != count) return $"it has {Deviations.Count} deviations for {count} features";
        if (!Deviations.All(deviation => deviation > 0)) return "its deviations are not all above 0";
        if (!(CalibrationSlope > 0)) return $"its calibration slope {CalibrationSlope} is not above 0";
        return HorizonCandles >= 1 ? null : $"its horizon of {HorizonCandles} candles is below 1";
    }

    /// <summary>(value - mean) / deviation, clipped: one wild candle must not decide alone.</summary>
    internal static double Standardise(double value, double mean, double deviation) =>
        Math.Clamp((value - mean) / deviation, -MostDeviations, MostDeviations);
}
