using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue;

/// <summary>A symbol's position and how it is set.</summary>
public sealed record SimVenuePosition
{
    public required Symbol Symbol { get; init; }

    /// <summary>Signed base quantity; 0 when flat.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Mean entry price, quote currency; 0 when flat.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Mark price, or the last where the feed has no mark; 0 before any.</summary>
    public required decimal MarkPrice { get; init; }

    /// <summary>Null when flat, and when no price above 0 would liquidate.</summary>
    public required decimal? LiquidationPrice { get; init; }

    /// <summary>From 1.</summary>
    public required int Leverage { get; init; }

    /// <summary>True with a margin of its own.</summary>
    public required bool IsIsolated { get; init; }

    /// <summary>The own margin without unrealised PnL, USD; 0 where it is cross or flat.</summary>
    public required decimal IsolatedMarginUsd { get; init; }

    /// <summary>Value at mark, USD, 0 or more.</summary>
    public required decimal NotionalUsd { get; init; }

    /// <summary>What the position must keep, USD.</summary>
    public required decimal MaintenanceUsd { get; init; }

    /// <summary>What the position binds at its leverage, USD.</summary>
    public required decimal InitialUsd { get; init; }

    /// <summary>Unrealised PnL at mark, USD.</summary>
    public required decimal UnrealizedUsd { get; init; }
}
