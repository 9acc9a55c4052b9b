namespace Quantum.Contracts.Events;

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
