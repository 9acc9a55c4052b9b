using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Tests.Learning;

/// <summary>Events that several learning tests start from.</summary>
internal static class LearningSamples
{
    public static TradeClosed Trade(string signalId) => new()
    {
        TradeId = "trade-" + signalId, Symbol = Symbol.Parse("NEARUSDT"), Side = PositionSide.Long, EntryPrice = 5,
        ExitPrice = 5.1m, Quantity = 10, NotionalUsd = 50, Leverage = 2, FeesUsd = 0.05m, FundingUsd = 0,
        PnlUsd = 0.95m,
        OpenedAtMs = 1_000, ClosedAtMs = 61_000, DurationMs = 60_000, Reason = "take_profit_1", Regime = Regime.Bull,
        SignalId = signalId, ModelName = "direction-logit", ModelVersion = "v1", RMultiple = 1.5,
    };
}
