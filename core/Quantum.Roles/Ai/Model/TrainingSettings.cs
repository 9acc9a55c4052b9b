namespace Quantum.Roles.Ai.Model;

/// <summary>How the direction model is trained; every value has a range, checked at start.</summary>
public sealed record TrainingSettings
{
    /// <summary>How far the model looks ahead, candles, 1 to 240.</summary>
    public int HorizonCandles { get; init; } = 15;

    /// <summary>Labelled samples below which nothing is trained, from 100.</summary>
    public int LeastSamples { get; init; } = 720;

    /// <summary>
    /// Samples above which only every second, third … minute is used, from <see cref="LeastSamples"/>.
    /// </summary>
    public int MostSamples { get; init; } = 20_000;

    /// <summary>Share of the samples, the oldest, that coefficients are fitted to, above 0.</summary>
    public double FitShare { get; init; } = 0.65;

    /// <summary>Share of the samples, the next ones, that calibration is fitted to, above 0; the rest judges.</summary>
    public double CalibrationShare { get; init; } = 0.15;

    /// <summary>
    /// Expected size of a standardised feature's coefficient, above 0: the strength of L2. 0.1 moves a probability by
    /// 2.5 points per standard deviation: in a market that is nearly a coin, more is not credible.
    /// </summary>
    public double WeightSpread { get; init; } = 0.1;

    /// <summary>Newton steps at most, from 1.</summary>
    public int MostIterations { get; init; } = 50;

    /// <summary>
    /// The settings themselves; throws <see cref="ArgumentException"/> that names the setting and its range.
    /// </summary>
    public TrainingSettings Checked()
    {
        if (HorizonCandles is < 1 or > 240) throw Bad(nameof(HorizonCandles), HorizonCandles, "1 to 240");
        if (LeastSamples < 100) throw Bad(nameof(LeastSamples), LeastSamples, "100 or more");
        if (MostSamples < LeastSamples) throw Bad(nameof(MostSamples), MostSamples, $"{LeastSamples} or more");
        if (!(FitShare > 0 && FitShare < 1)) throw Bad(nameof(FitShare), FitShare, "above 0 and below 1");
        if (!(CalibrationShare > 0 && FitShare + CalibrationShare < 1))
            throw Bad(nameof(CalibrationShare), CalibrationShare, $"above 0 and below {1 - FitShare}");
        if (!(WeightSpread > 0)) throw Bad(nameof(WeightSpread), WeightSpread, "above 0");
        return MostIterations >= 1 ? this : throw Bad(nameof(MostIterations), MostIterations, "1 or more");
    }

    private static ArgumentException Bad(string name, object value, string range) =>
        new($"Learning:{name} is {value}: set it to {range}.");
}
