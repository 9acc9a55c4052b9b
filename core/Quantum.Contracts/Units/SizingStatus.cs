namespace Quantum.Contracts.Units;

/// <summary>How a sizing request ended.</summary>
public enum SizingStatus { Decided, Refused, Unavailable }
