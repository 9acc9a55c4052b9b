namespace Quantum.Contracts.Units;

/// <summary>
/// What an execution result reports: an intent's end, or an account change that no intent asked for. <c>LateFill</c>
/// is a real fill whose intent had already had its one end; <c>Adjustment</c> carries no fill, and <c>Balance</c> says
/// what cash the venue has.
/// </summary>
public enum ResultKind { Intent, Stop, Liquidation, Funding, Adjustment, LateFill, Balance }
