namespace Quantum.Roles.Ai.Model;

/// <summary>How the outcome model is trained and judged; every value has a range, checked at start.</summary>
public sealed record TrainingSettings
{
    /// <summary>
    /// Labelled samples below which nothing is trained: so few make no model for trading, but one to explore with.
    /// </summary>
    [AtLeast(20)] public int LeastSamples { get; set; } = 48;

    /// <summary>Samples above which only every second, third … candle is used.</summary>
    [AtLeast(nameof(LeastSamples))] public int MostSamples { get; set; } = 10_000;

    /// <summary>Parts that are held out in turn.</summary>
    [Range(2, 20)] public int Folds { get; set; } = 5;

    /// <summary>
    /// Standard errors by which the log loss on held-out samples must be below the base rate's before a model goes into
    /// force. 2.5 is one false alarm in 160 looks; a week has some twenty, mostly at the same data.
    /// </summary>
    [AtLeast(0)] public double LeastEvidence { get; set; } = 2.5;

    /// <summary>
    /// Expected size of a standardised feature's coefficient in spreads of the result: the strength of L2. 0.1 moves a
    /// probability by 4 points per standard deviation: in a market that is nearly a coin, more is not credible.
    /// </summary>
    [Above(0)] public double WeightSpread { get; set; } = 0.1;
}
