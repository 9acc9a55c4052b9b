namespace Quantum.Roles.Ai.Model;

/// <summary>How the direction model is trained; every value has a range, checked at start.</summary>
public sealed record TrainingSettings : IValidatableObject
{
    /// <summary>How far the model looks ahead, candles.</summary>
    [Range(1, 240)] public int HorizonCandles { get; set; } = 15;

    /// <summary>Labelled samples below which nothing is trained.</summary>
    [AtLeast(100)] public int LeastSamples { get; set; } = 720;

    /// <summary>Samples above which only every second, third … minute is used.</summary>
    [AtLeast(nameof(LeastSamples))] public int MostSamples { get; set; } = 20_000;

    /// <summary>Share of the samples, the oldest, that coefficients are fitted to.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double FitShare { get; set; } = 0.65;

    /// <summary>Share of the samples, the next ones, that calibration is fitted to; the rest judges.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double CalibrationShare { get; set; } = 0.15;

    /// <summary>
    /// Expected size of a standardised feature's coefficient: the strength of L2. 0.1 moves a probability by 2.5
    /// points per standard deviation: in a market that is nearly a coin, more is not credible.
    /// </summary>
    [Above(0)] public double WeightSpread { get; set; } = 0.1;

    /// <summary>Newton steps at most.</summary>
    [AtLeast(1)] public int MostIterations { get; set; } = 50;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FitShare + CalibrationShare >= 1)
            yield return new($"FitShare {FitShare} and CalibrationShare {CalibrationShare} leave nothing that judges: "
                + "set them so that both are below 1 together");
    }
}
