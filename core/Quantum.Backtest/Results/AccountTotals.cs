namespace Quantum.Backtest.Results;

/// <summary>Sums over every fill of a run.</summary>
/// <param name="TurnoverUsd">Quantity times price of every fill, entries and exits, USD, 0 or more.</param>
/// <param name="Fills">Number of fills, from 0.</param>
/// <param name="FeesUsd">USD; negative is a rebate.</param>
/// <param name="FundingUsd">Received (+) or paid (-), USD.</param>
/// <param name="OpenPositions">Held at the end, from 0.</param>
/// <param name="UnrealizedUsd">Of what is held at the end, at the last mark, USD.</param>
public sealed record AccountTotals(
    decimal TurnoverUsd, long Fills, decimal FeesUsd, decimal FundingUsd, int OpenPositions, decimal UnrealizedUsd);
