namespace Quantum.Backtest.Results;

/// <summary>One candle as it is drawn.</summary>
/// <param name="OpenAtMs">Start, UTC epoch ms.</param>
/// <param name="Open">Quote currency, above 0.</param>
/// <param name="High">Quote currency, above 0.</param>
/// <param name="Low">Quote currency, above 0.</param>
/// <param name="Close">Quote currency, above 0.</param>
public readonly record struct Bar(long OpenAtMs, double Open, double High, double Low, double Close);
