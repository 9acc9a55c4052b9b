using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

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
}

/// <summary>One symbol's share of the exposure.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="NotionalUsd">At mark, USD; negative is short.</param>
/// <param name="Quantity">Signed base quantity.</param>
/// <param name="EntryPrice">Mean entry price, quote currency.</param>
public sealed record SymbolExposure(Symbol Symbol, decimal NotionalUsd, decimal Quantity, decimal EntryPrice);

/// <summary>What is held and which way, on <c>portfolio.exposure_updated</c>.</summary>
public readonly record struct PortfolioExposure
{
    /// <summary>Gross exposure: long plus short, USD.</summary>
    public required decimal TotalExposureUsd { get; init; }

    public required WireList<SymbolExposure> ExposureBySymbol { get; init; }

    /// <summary>USD, 0 or more.</summary>
    public required decimal LongExposureUsd { get; init; }

    /// <summary>USD, 0 or more.</summary>
    public required decimal ShortExposureUsd { get; init; }

    /// <summary>Long minus short, USD.</summary>
    public required decimal NetExposureUsd { get; init; }

    /// <summary>Largest symbol over gross, 0 to 1; null when flat.</summary>
    public double? ConcentrationFraction { get; init; }

    /// <summary>USD.</summary>
    public required decimal TotalEquityUsd { get; init; }

    /// <summary>USD.</summary>
    public required decimal FreeMarginUsd { get; init; }
}
