namespace Quantum.Roles.Ai.Features;

/// <summary>What a feature does when the market is mirrored (each price p becomes 1/p).</summary>
internal enum FeatureParity
{
    /// <summary>It changes its sign: it tells a direction.</summary>
    Odd,

    /// <summary>It stays: it tells a circumstance.</summary>
    Even,
}
