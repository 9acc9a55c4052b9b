namespace Quantum.Contracts.Units;

/// <summary>How much risk governance allows: <c>Halt</c> blocks entries, exits stay possible.</summary>
public enum RiskMode { Normal, Aggressive, Defensive, Halt }
