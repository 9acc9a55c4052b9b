namespace Quantum.Backtest.Results;

/// <summary>The account at one moment.</summary>
/// <param name="AtMs">UTC epoch ms.</param>
/// <param name="EquityUsd">Cash plus unrealised PnL, USD.</param>
/// <param name="CashUsd">Start balance plus realised PnL, fees and funding, USD.</param>
/// <param name="ExposureUsd">Gross exposure at mark, USD, 0 or more.</param>
public readonly record struct EquityPoint(long AtMs, decimal EquityUsd, decimal CashUsd, decimal ExposureUsd);
