namespace Quantum.Contracts.Units;

/// <summary>
/// The one terminal state of an intent; <c>Applied</c> ends an intent that asks for no fill: a moved stop.
/// </summary>
public enum Outcome { Filled, PartiallyFilled, Rejected, Denied, Expired, Superseded, Failed, Applied }
