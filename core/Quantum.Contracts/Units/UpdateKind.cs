namespace Quantum.Contracts.Units;

/// <summary>
/// What a venue update is about. <c>Configuration</c> tells which leverage and margin mode a symbol has: as the answer
/// to <see cref="OrderAction.Configure"/> with its client id and whether it was done, else because the venue says so.
/// </summary>
public enum UpdateKind { Order, Fill, Funding, Liquidation, Position, Configuration, Balance }
