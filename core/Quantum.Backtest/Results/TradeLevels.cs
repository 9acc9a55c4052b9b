namespace Quantum.Backtest.Results;

/// <summary>Stop and targets in force from a moment on.</summary>
/// <param name="AtMs">UTC epoch ms.</param>
/// <param name="StopPrice">Quote currency; null when none rests.</param>
/// <param name="Targets">Prices still to be reached, the nearest first, quote currency.</param>
public sealed record TradeLevels(long AtMs, decimal? StopPrice, IReadOnlyList<decimal> Targets);
