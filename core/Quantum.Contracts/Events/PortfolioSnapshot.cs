namespace Quantum.Contracts.Events;

/// <summary>The account from fills and marks, on <c>portfolio.snapshot_updated</c>.</summary>
public readonly record struct PortfolioSnapshot
{
    /// <summary>Cash plus unrealised PnL, USD.</summary>
    public required decimal TotalEquityUsd { get; init; }

    /// <summary>Start balance plus realised PnL, fees and funding, USD.</summary>
    public required decimal CashBalanceUsd { get; init; }

    /// <summary>Gross exposure: long plus short at mark, USD.</summary>
    public required decimal TotalExposureUsd { get; init; }

    /// <summary>Initial margin of the open positions, USD.</summary>
    public required decimal MarginUsedUsd { get; init; }

    /// <summary>Equity minus margin used, USD.</summary>
    public required decimal FreeMarginUsd { get; init; }

    /// <summary>USD, at mark.</summary>
    public required decimal UnrealizedPnlUsd { get; init; }

    /// <summary>Net of fees and funding since UTC midnight, USD.</summary>
    public required decimal RealizedPnlTodayUsd { get; init; }

    /// <summary>Fees since the start, USD.</summary>
    public required decimal FeesUsd { get; init; }

    /// <summary>Funding since the start, USD, received (+) or paid (-).</summary>
    public required decimal FundingUsd { get; init; }

    /// <summary>(peak equity - equity) / peak equity, 0 to 1.</summary>
    public required double DrawdownFraction { get; init; }

    /// <summary>(equity at UTC midnight - equity) / equity at UTC midnight, 0 or more.</summary>
    public required double DailyDrawdownFraction { get; init; }

    /// <summary>Open positions.</summary>
    public required int NumPositions { get; init; }

    /// <summary>Open positions whose mark is older than its limit.</summary>
    public required int StaleMarks { get; init; }

    /// <summary>Venue differences adopted since UTC midnight, 0 or more.</summary>
    public int AdjustmentsToday { get; init; }
}
