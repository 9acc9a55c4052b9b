namespace Quantum.Contracts.Units;

/// <summary>The one regime vocabulary of the whole system.</summary>
public enum Regime { Unknown, Bull, Bear, Range, Volatile, Uncertain }
