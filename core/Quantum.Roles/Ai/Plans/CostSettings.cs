namespace Quantum.Roles.Ai.Plans;

/// <summary>What a round trip is taken to cost; the defaults are those of the simulated venue.</summary>
public sealed record CostSettings
{
    /// <summary>Fee of one taking fill over notional, 0 to 0.01.</summary>
    public double TakerFeeFraction { get; init; } = 0.0005;

    /// <summary>Half the spread over price where no quote is known, 0 to 0.1.</summary>
    public double HalfSpreadFraction { get; init; } = 0.0001;

    /// <summary>Impact over price of taking a whole minute's value, 0 to 0.1; by the root of the share.</summary>
    public double ImpactFraction { get; init; } = 0.001;

    /// <summary>The notional that impact is reckoned for, USD, above 0: the size is not known yet.</summary>
    public double ReferenceNotionalUsd { get; init; } = 2_500;

    /// <summary>The settings themselves; throws <see cref="ArgumentException"/> that names the one at fault.</summary>
    public CostSettings Checked(string section)
    {
        if (!(TakerFeeFraction is >= 0 and <= 0.01)) throw Bad(section, nameof(TakerFeeFraction), TakerFeeFraction,
            "0 to 0.01");
        if (!(HalfSpreadFraction is >= 0 and <= 0.1)) throw Bad(section, nameof(HalfSpreadFraction), HalfSpreadFraction,
            "0 to 0.1");
        if (!(ImpactFraction is >= 0 and <= 0.1)) throw Bad(section, nameof(ImpactFraction), ImpactFraction,
            "0 to 0.1");
        return ReferenceNotionalUsd > 0
            ? this
            : throw Bad(section, nameof(ReferenceNotionalUsd), ReferenceNotionalUsd, "above 0");
    }

    private static ArgumentException Bad(string section, string name, object value, string range) =>
        new($"{section}:Cost:{name} is {value}: set it to {range}.");
}
