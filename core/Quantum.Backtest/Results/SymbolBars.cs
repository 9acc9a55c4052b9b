namespace Quantum.Backtest.Results;

/// <summary>One symbol's candles of a run, rising in time.</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="IntervalMs">Length of one candle, ms, above 0.</param>
/// <param name="Items">May be a view over what was loaded: it is read by index.</param>
/// <param name="Missing">Candles that the recording lacks inside its span, from 0.</param>
public sealed record SymbolBars(Symbol Symbol, long IntervalMs, IReadOnlyList<Bar> Items, long Missing = 0);
