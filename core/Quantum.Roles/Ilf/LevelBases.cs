namespace Quantum.Roles.Ilf;

/// <summary>The distances the level formulas start from, as fractions of price.</summary>
public readonly record struct LevelBases
{
    /// <summary>Take profit, above 0 and below 0.2; the audited default is 0.01.</summary>
    public double TakeProfitFraction { get; }

    /// <summary>Stop loss, above 0 and below 0.2; the audited default is 0.005.</summary>
    public double StopLossFraction { get; }

    /// <summary>
    /// Refuses what cannot be a fraction: the audited system passed 1.0 for one percent and took profit at 89 %.
    /// </summary>
    public LevelBases(double takeProfitFraction, double stopLossFraction)
    {
        TakeProfitFraction = Checked(takeProfitFraction, nameof(takeProfitFraction));
        StopLossFraction = Checked(stopLossFraction, nameof(stopLossFraction));
    }

    /// <summary>1 % and 0.5 %.</summary>
    public static LevelBases Default { get; } = new(0.01, 0.005);

    private static double Checked(double fraction, string name) => fraction is > 0 and < 0.2
        ? fraction
        : throw new ArgumentOutOfRangeException(name, fraction,
            "a fraction of price is above 0 and below 0.2: 0.01 is 1 %.");
}
