namespace Quantum.Roles.Ai.Model;

/// <summary>How the outcome model is trained and judged; every value has a range, checked at start.</summary>
public sealed record TrainingSettings
{
    /// <summary>
    /// Labelled samples below which nothing is trained, from 20: so few make no model for trading, but one to explore
    /// with.
    /// </summary>
    public int LeastSamples { get; init; } = 48;

    /// <summary>
    /// Samples above which only every second, third … candle is used, from <see cref="LeastSamples"/>.
    /// </summary>
    public int MostSamples { get; init; } = 10_000;

    /// <summary>Parts that are held out in turn, 2 to 20.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// Standard errors by which the log loss on held-out samples must be below the base rate's before a model goes into
    /// force, from 0. 2.5 is one false alarm in 160 looks; a week has some twenty, mostly at the same data.
    /// </summary>
    public double LeastEvidence { get; init; } = 2.5;

    /// <summary>
    /// Expected size of a standardised feature's coefficient in spreads of the result, above 0: the strength of L2. 0.1
    /// moves a probability by 4 points per standard deviation: in a market that is nearly a coin, more is not credible.
    /// </summary>
    public double WeightSpread { get; init; } = 0.1;

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public TrainingSettings Checked()
    {
        if (LeastSamples < 20) throw Bad(nameof(LeastSamples), LeastSamples, "20 or more");
        if (MostSamples < LeastSamples) throw Bad(nameof(MostSamples), MostSamples, $"{LeastSamples} or more");
        if (Folds is < 2 or > 20) throw Bad(nameof(Folds), Folds, "2 to 20");
        if (!(LeastEvidence >= 0)) throw Bad(nameof(LeastEvidence), LeastEvidence, "0 or more");
        return WeightSpread > 0 ? this : throw Bad(nameof(WeightSpread), WeightSpread, "above 0");
    }

    private static ArgumentException Bad(string name, object value, string range) =>
        new($"Learning:{name} is {value}: set it to {range}.");
}
