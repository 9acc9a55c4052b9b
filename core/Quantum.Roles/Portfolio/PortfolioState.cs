namespace Quantum.Roles.Portfolio;

/// <summary>The account as a whole.</summary>
public sealed class AccountState
{
    public bool Started { get; set; }

    /// <summary>Start balance plus realised PnL, fees and funding, USD.</summary>
    public decimal CashUsd { get; set; }

    /// <summary>Net of fees and funding since UTC midnight, USD.</summary>
    public decimal RealizedTodayUsd { get; set; }

    /// <summary>Since the start, USD.</summary>
    public decimal FeesUsd { get; set; }

    /// <summary>Since the start, USD, received (+) or paid (-).</summary>
    public decimal FundingUsd { get; set; }

    /// <summary>Highest equity published, USD.</summary>
    public decimal PeakEquityUsd { get; set; }

    /// <summary>Equity at the last UTC midnight, or at the start, USD.</summary>
    public decimal MidnightEquityUsd { get; set; }

    /// <summary>Days since 1970-01-01 UTC.</summary>
    public long Day { get; set; }

    /// <summary>Venue differences adopted since UTC midnight.</summary>
    public int AdjustmentsToday { get; set; }

    /// <summary>UTC epoch ms; null before the first publication.</summary>
    public long? PublishedAtMs { get; set; }
}

/// <summary>One symbol's open position.</summary>
public sealed class HoldingState
{
    public NetPosition Position { get; set; } = NetPosition.Flat;

    /// <summary>From 1.</summary>
    public int Leverage { get; set; } = 1;

    /// <summary>The venue position's id, which is the trade's.</summary>
    public string PositionId { get; set; } = "";

    /// <summary>Net of fees and funding since the position opened, USD.</summary>
    public decimal TradePnlUsd { get; set; }
}

/// <summary>The newest price of a held symbol.</summary>
/// <param name="Price">Quote currency, above 0.</param>
/// <param name="AtMs">UTC epoch ms.</param>
public sealed record MarkState(decimal Price, long AtMs);

/// <summary>A round trip waiting for the other book's figure.</summary>
/// <param name="OwnPnlUsd">By our fills, USD; null until they are in.</param>
/// <param name="ReportedPnlUsd">By <c>trade.closed</c>, USD; null until it is in.</param>
/// <param name="AtMs">UTC epoch ms of the first of the two.</param>
public sealed record SettlementState(decimal? OwnPnlUsd, decimal? ReportedPnlUsd, long AtMs);
