namespace Quantum.Contracts.Units;

/// <summary>What a system's orders touch. One per system; events of another mode are refused.</summary>
public enum TradingMode { Sim, Paper, Testnet, Demo, Live }
