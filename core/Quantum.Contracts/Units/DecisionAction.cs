namespace Quantum.Contracts.Units;

/// <summary>Whether an adopted decision opens a trade.</summary>
public enum DecisionAction { Enter, Hold }
