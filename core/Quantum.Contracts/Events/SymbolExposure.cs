namespace Quantum.Contracts.Events;

/// <summary>One symbol's share of the exposure.</summary>
/// <param name="NotionalUsd">At mark, USD; negative is short.</param>
/// <param name="Quantity">Signed base quantity.</param>
/// <param name="EntryPrice">Mean entry price, quote currency.</param>
public sealed record SymbolExposure(Symbol Symbol, decimal NotionalUsd, decimal Quantity, decimal EntryPrice);
