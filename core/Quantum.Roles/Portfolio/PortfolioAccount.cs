namespace Quantum.Roles.Portfolio;

/// <summary>The account as a whole.</summary>
internal sealed class PortfolioAccount
{
    public bool Started { get; set; }

    /// <summary>Start balance plus realised PnL, fees and funding, USD.</summary>
    public decimal CashUsd { get; set; }

    /// <summary>True once the venue has told its cash, which then stands for the start balance.</summary>
    public bool IsCashTold { get; set; }

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

    /// <summary>Today's last correction of the cash, USD; 0 when there is none, or it was taken back.</summary>
    public decimal LastCorrectionUsd { get; set; }

    /// <summary>UTC epoch ms; null before the first publication.</summary>
    public long? PublishedAtMs { get; set; }
}
