namespace Quantum.Roles.Symbols;

/// <summary>What quantities a kind of order may have.</summary>
/// <param name="StepSize">Quantities are multiples of this, base units, above 0.</param>
/// <param name="MinQuantity">Least base quantity, above 0.</param>
public readonly record struct LotSize(decimal StepSize, decimal MinQuantity);
