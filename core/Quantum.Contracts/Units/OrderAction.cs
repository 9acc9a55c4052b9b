namespace Quantum.Contracts.Units;

/// <summary>What the executor asks of the venue.</summary>
public enum OrderAction { Place, Cancel, Query }
