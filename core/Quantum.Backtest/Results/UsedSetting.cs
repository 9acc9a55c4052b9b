namespace Quantum.Backtest.Results;

/// <summary>One setting in force.</summary>
/// <param name="Section">For example <c>ExitBrain</c>.</param>
/// <param name="Name">For example <c>MaxHoldMs</c>.</param>
/// <param name="Value">As text, invariant.</param>
/// <param name="IsDefault">True when nobody set it.</param>
public sealed record UsedSetting(string Section, string Name, string Value, bool IsDefault);
