namespace Quantum.Backtest.Figures;

/// <summary>One thing that a result rests on too lightly.</summary>
/// <param name="Code">For programs, for example <c>few_trades</c>.</param>
/// <param name="Text">For people, whole sentences with the values.</param>
public sealed record ResultWarning(string Code, string Text);
