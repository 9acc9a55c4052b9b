namespace Quantum.Backtest.Results;

/// <summary>One round trip.</summary>
public sealed record ClosedTrade
{
    /// <summary>The trade's id on <c>trade.closed</c>.</summary>
    public required string TradeId { get; init; }

    public required Symbol Symbol { get; init; }
    public required PositionSide Side { get; init; }

    /// <summary>First entry fill, UTC epoch ms.</summary>
    public required long EntryAtMs { get; init; }

    /// <summary>Last exit fill, UTC epoch ms.</summary>
    public required long ExitAtMs { get; init; }

    /// <summary>Volume-weighted, quote currency, above 0.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Volume-weighted, quote currency, above 0.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary>Base quantity that went through, above 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Entry notional, USD.</summary>
    public required decimal NotionalUsd { get; init; }

    /// <summary>From 1.</summary>
    public required int Leverage { get; init; }

    /// <summary>Loss at the first stop, USD, above 0; null when there was no stop.</summary>
    public decimal? RiskUsd { get; init; }

    /// <summary>Before fees and funding, USD.</summary>
    public required decimal GrossUsd { get; init; }

    /// <summary>All fees, USD; negative is a rebate.</summary>
    public required decimal FeesUsd { get; init; }

    /// <summary>Funding received (+) or paid (-), USD.</summary>
    public required decimal FundingUsd { get; init; }

    /// <summary>Gross minus fees plus funding, USD.</summary>
    public required decimal NetUsd { get; init; }

    /// <summary>Net PnL over the loss at the first stop; null when there was no stop.</summary>
    public double? RMultiple { get; init; }

    /// <summary>At entry.</summary>
    public required Regime Regime { get; init; }

    /// <summary>What closed it, as <c>trade.closed</c> tells it.</summary>
    public required string ExitReason { get; init; }

    public required TradeContext Context { get; init; }

    /// <summary>Stop and targets over time, rising; the first as entered. Empty when none were seen.</summary>
    public required IReadOnlyList<TradeLevels> Levels { get; init; }

    /// <summary>True when its exit rests on the order of extremes assumed inside a candle.</summary>
    public bool RestsOnPath { get; init; }
}
