namespace Quantum.Contracts.Events;

/// <summary>What the trading bot asks of the sizing agent, on <c>sizing.requested</c>.</summary>
public readonly record struct SizingRequested : ICheckedEvent
{
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }

    /// <summary>The signal to be sized.</summary>
    public required string SignalId { get; init; }

    /// <summary>Calibrated probability, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Reference price, quote currency, above 0.</summary>
    public required decimal Price { get; init; }

    /// <summary>What the size depends on besides account and policy; its regime is always told.</summary>
    public required IlfContext Ilf { get; init; }

    /// <summary>Account equity, USD.</summary>
    public required decimal EquityUsd { get; init; }

    /// <summary>Margin not in use, USD.</summary>
    public required decimal FreeMarginUsd { get; init; }

    /// <summary>Gross exposure over equity, 0 or more.</summary>
    public required double GrossExposureFraction { get; init; }

    /// <summary>Most notional that policy allows for this symbol now, USD.</summary>
    public required decimal MaxPositionSizeUsd { get; init; }

    /// <summary>Most leverage that policy allows, from 1.</summary>
    public required int MaxLeverage { get; init; }

    /// <summary>Equity put at risk per trade, fraction.</summary>
    public required double RiskPerTradeFraction { get; init; }

    /// <summary>Distance of the stop that will be set, fraction of price; null: two ATR are assumed.</summary>
    public double? StopFraction { get; init; }

    /// <summary>True when it is made to learn: the most allowed is the least order, and is taken whole.</summary>
    public bool Exploration { get; init; }

    /// <summary>No answer counts after this moment, UTC epoch ms.</summary>
    public required long DeadlineMs { get; init; }

    /// <summary>The bot's gates that the signal passed, with their figures; null where they are not told.</summary>
    public WireList<PassedGate>? Gates { get; init; }

    public string? Fault() => Prices.FractionFault("confidence", Confidence) ?? Prices.Fault("price", Price)
        ?? (Ilf.Regime is null ? "regime is empty: a size depends on it, send unknown where it is" : null);
}
