using Quantum.Backtest.Results;

namespace Quantum.Backtest.Sweeps;

/// <summary>What a sweep keeps of a closed trade, as its file has it; amounts in USD, prices in quote
/// currency.</summary>
public sealed record TrialTrade(
    string TradeId, string Symbol, string Side, long EntryAtMs, long ExitAtMs, double EntryPrice, double ExitPrice,
    double Quantity, double FeesUsd, double FundingUsd, double NetUsd, double? RMultiple, string Regime,
    string ExitReason)
{
    internal static TrialTrade Of(ClosedTrade trade) => new(
        trade.TradeId, trade.Symbol.Name, trade.Side.ToString(), trade.EntryAtMs, trade.ExitAtMs, 
        (double)trade.EntryPrice,
        (double)trade.ExitPrice, (double)trade.Quantity, (double)trade.FeesUsd, (double)trade.FundingUsd,
        (double)trade.NetUsd, trade.RMultiple, trade.Regime.ToString(), trade.ExitReason);
}
