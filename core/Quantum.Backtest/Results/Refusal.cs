namespace Quantum.Backtest.Results;

/// <summary>How often one gate refused one symbol for one reason.</summary>
/// <param name="Gate">Who refused: the role's name, for example <c>trading_bot</c> or <c>executor</c>.</param>
/// <param name="ReasonCode">A code of the reason catalog, for example <c>low_confidence</c>.</param>
/// <param name="Symbol">Null where it is of no one symbol.</param>
/// <param name="Count">Above 0.</param>
public sealed record Refusal(string Gate, string ReasonCode, Symbol? Symbol, long Count);
