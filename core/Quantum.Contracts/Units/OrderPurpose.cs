namespace Quantum.Contracts.Units;

/// <summary>What an order is for.</summary>
public enum OrderPurpose { Entry, Exit, Stop }
