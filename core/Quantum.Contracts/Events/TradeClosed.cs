namespace Quantum.Contracts.Events;

/// <summary>One round trip, from fills alone, on <c>trade.closed</c>.</summary>
public readonly record struct TradeClosed : ICheckedEvent
{
    /// <summary>The position's id.</summary>
    public required string TradeId { get; init; }

    public required Symbol Symbol { get; init; }

    [WireName("side")] public required PositionSide Side { get; init; }

    /// <summary>Volume-weighted entry price, quote currency.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Volume-weighted exit price, quote currency.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary>Base quantity that went through, above 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Entry notional, USD.</summary>
    public required decimal NotionalUsd { get; init; }

    /// <summary>From 1.</summary>
    public required int Leverage { get; init; }

    /// <summary>All fees, USD.</summary>
    public required decimal FeesUsd { get; init; }

    /// <summary>Funding received (+) or paid (-), USD.</summary>
    public required decimal FundingUsd { get; init; }

    /// <summary>Net of fees and funding, USD.</summary>
    public required decimal PnlUsd { get; init; }

    /// <summary>Net PnL over the loss at the first stop; null when there was no stop.</summary>
    public double? RMultiple { get; init; }

    /// <summary>UTC epoch ms of the first entry fill.</summary>
    public required long OpenedAtMs { get; init; }

    /// <summary>UTC epoch ms of the last exit fill.</summary>
    public required long ClosedAtMs { get; init; }

    /// <summary>Time held, ms, 0 or more.</summary>
    public required long DurationMs { get; init; }

    /// <summary>
    /// What closed it: <c>take_profit_3</c>, <c>stop_loss</c>, <c>trailing_stop</c>, <c>time_stop</c>,
    /// <c>liquidation</c> …
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>Calibrated probability at entry, 0 to 1; null when unknown.</summary>
    public double? Confidence { get; init; }

    /// <summary>Regime at entry.</summary>
    public required Regime Regime { get; init; }

    public string? IntentId { get; init; }
    public string? SignalId { get; init; }

    [WireName("model")] public string? ModelName { get; init; }
    public string? ModelVersion { get; init; }
    public long? PolicyVersion { get; init; }

    /// <summary>True when it was entered to learn, out of the exploration budget.</summary>
    public bool Exploration { get; init; }

    public string? Fault()
    {
        if (Quantity <= 0) return $"quantity {Quantity} is not above 0";
        if (DurationMs < 0) return $"duration_ms {DurationMs} is below 0";
        return Prices.Fault("entry_price", EntryPrice) ?? Prices.Fault("exit_price", ExitPrice);
    }
}
