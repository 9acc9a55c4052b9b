namespace Quantum.Contracts.Units;

/// <summary>What a venue update is about.</summary>
public enum UpdateKind { Order, Fill, Funding, Liquidation, Position, Balance }
