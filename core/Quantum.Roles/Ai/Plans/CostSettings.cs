namespace Quantum.Roles.Ai.Plans;

/// <summary>What a round trip is taken to cost; the defaults are those of the simulated venue.</summary>
public sealed record CostSettings
{
    /// <summary>Fee of one taking fill over notional.</summary>
    [Range(0.0, 0.01)] public double TakerFeeFraction { get; set; } = 0.0005;

    /// <summary>Half the spread over price where no quote is known.</summary>
    [Range(0.0, 0.1)] public double HalfSpreadFraction { get; set; } = 0.0001;

    /// <summary>Impact over price of taking a whole minute's value; by the root of the share.</summary>
    [Range(0.0, 0.1)] public double ImpactFraction { get; set; } = 0.001;

    /// <summary>The notional that impact is reckoned for, USD: the size is not known yet.</summary>
    [Above(0)] public double ReferenceNotionalUsd { get; set; } = 2_500;
}
