namespace Quantum.Contracts.Units;

/// <summary>The one terminal state of an intent.</summary>
public enum Outcome { Filled, PartiallyFilled, Rejected, Denied, Expired, Superseded, Failed }
