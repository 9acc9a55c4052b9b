namespace Quantum.Backtest.Sweeps;

/// <summary>Days to choose by and the days after them to judge the choice by; UTC epoch ms, ends exclusive.</summary>
/// <param name="Number">From 1.</param>
/// <param name="TrainFromMs">Start of the days that are chosen by.</param>
/// <param name="TestFromMs">Their end, and start of the days that judge.</param>
/// <param name="TestToMs">The end.</param>
public sealed record SweepWindow(int Number, long TrainFromMs, long TestFromMs, long TestToMs);
