using Quantum.Console.Acting;

namespace Quantum.Console.Backtests;

/// <summary>What became of a word about a backtest.</summary>
/// <param name="Job">The backtest; null when nothing was done.</param>
/// <param name="Refusal">Why not, in words with the mend; null when it was done.</param>
/// <param name="Kind">What kind of refusal.</param>
public sealed record BacktestAnswer(BacktestJob? Job, string? Refusal, RefusalKind Kind);
