namespace Quantum.Contracts.Units;

/// <summary>What an execution result reports: an intent's end, or an account change that no intent asked for.</summary>
public enum ResultKind { Intent, Stop, Liquidation, Funding, Adjustment }
