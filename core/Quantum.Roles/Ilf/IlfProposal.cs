namespace Quantum.Roles.Ilf;

/// <summary>What the formula proposes.</summary>
/// <param name="BaseLeverage">5 + 75 c, 5 to 80.</param>
/// <param name="Factors">What the base was multiplied by.</param>
/// <param name="RawLeverage">The product, above 0: the cap that the executor uses.</param>
/// <param name="ClampedLeverage">The product clamped to 5 to 80, as the audited formula answers.</param>
internal readonly record struct IlfProposal(
    double BaseLeverage, IlfFactors Factors, double RawLeverage, double ClampedLeverage)
{
    /// <summary>True when the clamp changed the product.</summary>
    public bool IsClamped => RawLeverage != ClampedLeverage;

    /// <summary>
    /// The whole-numbered cap, from 1: never raised to the audited floor of 5, so a bad trade may fall to 1.
    /// </summary>
    public int Cap => (int)Math.Clamp(Math.Floor(RawLeverage), 1, IlfLeverage.Highest);
}
