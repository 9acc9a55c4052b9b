namespace Quantum.Roles.ExitBrain;

/// <summary>Writes the events about a trade.</summary>
internal static class ExitIntents
{
    public static TradeIntent Exit(OpenTrade trade, ExitWish wish, long deadlineMs) =>
        Reduce(trade, deadlineMs) with { Quantity = wish.Quantity, Reason = wish.Reason };

    /// <summary>Asks the executor to replace the resting stop.</summary>
    public static TradeIntent MoveStop(OpenTrade trade, long deadlineMs) =>
        Reduce(trade, deadlineMs) with { StopLoss = trade.Stop.Price, Reason = TradeIntent.MoveStopReason };

    public static TradeClosed Closed(OpenTrade trade, string reason, long atMs)
    {
        var ledger = trade.Ledger;
        var riskUsd = trade.Plan.StopDistance * ledger.EntryQuantity;
        return new TradeClosed
        {
            TradeId = trade.TradeId,
            Symbol = trade.Symbol,
            Side = trade.Side,
            EntryPrice = ledger.EntryPrice,
            ExitPrice = ledger.ExitPrice,
            Quantity = ledger.EntryQuantity,
            NotionalUsd = ledger.EntryValueUsd,
            Leverage = trade.Leverage,
            FeesUsd = ledger.FeesUsd,
            FundingUsd = ledger.FundingUsd,
            PnlUsd = ledger.NetPnlUsd,
            RMultiple = (double)(ledger.NetPnlUsd / riskUsd),
            OpenedAtMs = trade.OpenedAtMs,
            ClosedAtMs = Math.Max(atMs, trade.OpenedAtMs),
            DurationMs = Math.Max(0, atMs - trade.OpenedAtMs),
            Reason = reason,
            Confidence = trade.Confidence,
            Regime = trade.Regime,
            IntentId = trade.IntentId,
            SignalId = trade.SignalId,
            ModelName = trade.ModelName,
            ModelVersion = trade.ModelVersion,
            PolicyVersion = trade.PolicyVersion,
            Exploration = trade.Exploration,
        };
    }

    private static TradeIntent Reduce(OpenTrade trade, long deadlineMs) => new()
    {
        Symbol = trade.Symbol,
        Side = trade.Side.ExitSide(),
        // An exit follows from a rule; what it carries is the belief of the entry, for the record.
        Confidence = trade.Confidence ?? 0d,
        Ilf = trade.Ilf,
        ReduceOnly = true,
        DeadlineMs = deadlineMs,
        PositionId = trade.PositionId,
        SignalId = trade.SignalId,
        ModelName = trade.ModelName,
        ModelVersion = trade.ModelVersion,
        PolicyVersion = trade.PolicyVersion,
    };
}
