namespace Quantum.Roles.Ilf;

/// <summary>
/// Which share of a position is taken at TP1, TP2 and TP3, as fractions that sum to 1 (domain facts 2.3): 30/30/40 up
/// to 10x, 40/40/20 up to 30x, 50/30/20 above.
/// </summary>
internal readonly record struct HarvestSplit
{
    /// <summary>Share at the first target, 0 to 1.</summary>
    public decimal FirstFraction { get; }

    /// <summary>Share at the second target, 0 to 1.</summary>
    public decimal SecondFraction { get; }

    /// <summary>Share at the third target, 0 to 1.</summary>
    public decimal ThirdFraction { get; }

    public HarvestSplit(decimal firstFraction, decimal secondFraction, decimal thirdFraction)
    {
        if (firstFraction < 0 || secondFraction < 0 || thirdFraction < 0)
            throw new ArgumentException(
                $"harvest split {firstFraction}/{secondFraction}/{thirdFraction}: no share is below 0.");
        if (firstFraction + secondFraction + thirdFraction != 1)
            throw new ArgumentException(
                $"harvest split {firstFraction}/{secondFraction}/{thirdFraction} does not sum to 1.");
        FirstFraction = firstFraction;
        SecondFraction = secondFraction;
        ThirdFraction = thirdFraction;
    }

    /// <summary>The split for a leverage, from 1.</summary>
    public static HarvestSplit For(double leverage) => leverage switch
    {
        <= 10 => new HarvestSplit(0.3m, 0.3m, 0.4m),
        <= 30 => new HarvestSplit(0.4m, 0.4m, 0.2m),
        _ => new HarvestSplit(0.5m, 0.3m, 0.2m),
    };
}
