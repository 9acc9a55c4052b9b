using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>What a model expects of a trade before costs.</summary>
/// <param name="Probability">That its side wins, 0 to 1.</param>
/// <param name="ResultR">Mean result, R.</param>
/// <param name="ErrorR">Standard error of that mean, R, 0 or more: of the model, not of the single trade.</param>
internal readonly record struct ExpectedOutcome(double Probability, double ResultR, double ErrorR);

/// <summary>
/// The model: a regularised linear regression of what the planned trade makes (<see cref="Plans.EntryPlan"/>), one for
/// all symbols. It has no constant and looks only at features that change their sign with the market: mirrored, every
/// market gives the mirrored answer, so a drift of the past is no signal. The probability that a side wins follows from
/// its expected result and the spread of results. With its provenance it is the artefact that
/// <c>learning.retraining.completed</c> carries.
/// </summary>
internal sealed record OutcomeModel
{
    /// <summary>The model's name on every event.</summary>
    public const string ModelName = "outcome-linear";

    /// <summary>A standardised feature counts at most this much, standard deviations.</summary>
    internal const double MostDeviations = 4;

    // Of what is told, not of what is reckoned with.
    private const int ShareDecimals = 6;

    /// <summary>1 / (1 + e^-1.702 x) is the normal distribution to one point in a hundred (Camilli 1994).</summary>
    private const double NormalToLogistic = 1.702;

    public required string Name { get; init; }

    /// <summary>
    /// End of the training range, samples and a hash of the coefficients: the same data, the same version.
    /// </summary>
    public required string Version { get; init; }

    /// <summary>Hash of the ordered features it was trained on.</summary>
    public required string FeatureHash { get; init; }

    /// <summary>The features in the order of the coefficients.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Length of the candles it decides on, ms, above 0.</summary>
    public required long IntervalMs { get; init; }

    /// <summary>How far it looks ahead at most, candles, from 1: the plan's time stop.</summary>
    public required int HorizonCandles { get; init; }

    /// <summary>The symbols it was trained on, in order.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Close time of the first and the last training sample, UTC epoch ms.</summary>
    public required long TrainedFromMs { get; init; }

    public required long TrainedToMs { get; init; }

    /// <summary>Samples that the coefficients were fitted to, from 1.</summary>
    public required int Samples { get; init; }

    /// <summary>Root mean square of each feature, above 0.</summary>
    public required IReadOnlyList<double> Deviations { get; init; }

    /// <summary>One coefficient per standardised feature, R of a long.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Lower half of the Cholesky factor of the curvature, as <see cref="RidgeFit"/> has it.</summary>
    public required IReadOnlyList<double> Factor { get; init; }

    /// <summary>Spread of single results around 0, R, above 0.</summary>
    public required double SpreadR { get; init; }

    /// <summary>How it did on held-out samples.</summary>
    public required ModelMetrics Metrics { get; init; }

    /// <summary>True when it was trained on the features that this build computes.</summary>
    public bool FitsFeatures() => FeatureHash == FeatureSet.Hash;

    /// <summary>
    /// What is expected of the trade on a side, with its error from the coefficients' covariance. Throws when the model
    /// was trained on other features.
    /// </summary>
    /// <param name="features">Those that tell a direction, in order.</param>
    /// <param name="side">Of the entry.</param>
    public ExpectedOutcome Expect(ReadOnlySpan<double> features, Side side)
    {
        Span<double> x = stackalloc double[Weights.Count];
        StandardiseAll(features, x);
        var mean = 0.0;
        for (var i = 0; i < x.Length; i++) mean += side.Sign() * Weights[i] * x[i];
        return new ExpectedOutcome(
            ProbabilityOf(mean, SpreadR), mean, SpreadR * Math.Sqrt(ModelMath.QuadraticForm(Factor, x)));
    }

    /// <summary>What each feature adds to the expected result of the trade on a side, in the features' order.</summary>
    public IReadOnlyList<FeatureShare> SharesOf(ReadOnlySpan<double> features, Side side)
    {
        Span<double> x = stackalloc double[Weights.Count];
        StandardiseAll(features, x);
        var shares = new FeatureShare[x.Length];
        for (var i = 0; i < x.Length; i++)
            shares[i] = new FeatureShare(
                Features[i], Math.Round(x[i], ShareDecimals),
                Math.Round(side.Sign() * Weights[i] * x[i], ShareDecimals));
        return shares;
    }

    /// <summary>Probability that a result of that mean and spread is above 0.</summary>
    internal static double ProbabilityOf(double meanR, double spreadR) =>
        ModelMath.Logistic(NormalToLogistic * meanR / spreadR);

    /// <summary>The artefact as JSON text.</summary>
    public string ToArtifact() => JsonSerializer.Serialize(this, WireJson.Options);

    /// <summary>Reads an artefact; null when it is none, with what is wrong with it in words.</summary>
    public static OutcomeModel? FromArtifact(string artifact, out string? fault)
    {
        fault = WireJson.TryParse<OutcomeModel>(artifact, out var model)
            ? model.Fault()
            : "it is not the JSON of an outcome model";
        return fault is null ? model : null;
    }

    /// <summary>What makes the model unusable, in words; null when nothing does.</summary>
    public string? Fault()
    {
        var count = Features.Count;
        if (Name.Length == 0 || Version.Length == 0) return "it has no name or no version";
        if (Weights.Count != count) return $"it has {Weights.Count} weights for {count} features";
        if (Deviations.Count != count) return $"it has {Deviations.Count} deviations for {count} features";
        if (!Deviations.All(deviation => deviation > 0)) return "its deviations are not all above 0";
        if (Factor.Count != count * (count + 1) / 2) return $"it has {Factor.Count} covariances for {count} features";
        if (!(SpreadR > 0)) return $"its spread {SpreadR} R is not above 0";
        if (IntervalMs < 1) return $"its interval of {IntervalMs} ms is below 1";
        return HorizonCandles >= 1 ? null : $"its horizon of {HorizonCandles} candles is below 1";
    }

    private void StandardiseAll(ReadOnlySpan<double> features, Span<double> target)
    {
        if (!FitsFeatures())
            throw new InvalidOperationException(
                $"model {Version} was trained on features {FeatureHash}, this build computes {FeatureSet.Hash}.");
        for (var i = 0; i < target.Length; i++)
            target[i] = Standardise(features[i], Deviations[i]);
    }

    /// <summary>Feature over deviation, clipped: one wild candle must not decide alone.</summary>
    internal static double Standardise(double value, double deviation) =>
        Math.Clamp(value / deviation, -MostDeviations, MostDeviations);
}
