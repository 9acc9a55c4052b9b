namespace Quantum.Learning.Summary;

/// <summary>A position that the run ended with.</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="Side"><c>LONG</c> or <c>SHORT</c>.</param>
/// <param name="Quantity">Base quantity, above 0.</param>
/// <param name="EntryPrice">Volume-weighted, quote currency.</param>
/// <param name="MarkPrice">What it is valued at, quote currency.</param>
/// <param name="NotionalUsd">At mark, USD, above 0.</param>
/// <param name="UnrealizedUsd">At mark, USD.</param>
/// <param name="ClosingCostUsd">What closing it at market is taken to cost, USD.</param>
/// <param name="PriceEndedAt">Set when its data ended before the tape: the mark is that old, UTC.</param>
public sealed record OpenPosition(
    string Symbol, string Side, decimal Quantity, decimal EntryPrice, decimal MarkPrice, decimal NotionalUsd,
    decimal UnrealizedUsd, decimal ClosingCostUsd, DateTime? PriceEndedAt);
