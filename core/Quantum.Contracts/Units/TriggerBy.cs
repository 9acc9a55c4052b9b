namespace Quantum.Contracts.Units;

/// <summary>The price that a trigger waits for: of the last trade, or the venue's mark.</summary>
public enum TriggerBy { LastPrice, MarkPrice }
