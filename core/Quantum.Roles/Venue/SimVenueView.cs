using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue;

/// <summary>The simulated account at one moment, for a service that shows it; nothing in it changes later.</summary>
public sealed record SimVenueView
{
    /// <summary>Cash with isolated margins, without unrealised PnL, USD; below 0 after a gap.</summary>
    public required decimal WalletUsd { get; init; }

    /// <summary>What new positions can be opened with, USD.</summary>
    public required decimal AvailableUsd { get; init; }

    /// <summary>What all positions must keep, USD.</summary>
    public required decimal MaintenanceUsd { get; init; }

    /// <summary>Unrealised PnL of all positions at mark, USD.</summary>
    public required decimal UnrealizedUsd { get; init; }

    /// <summary>What the insurance fund bore of our isolated liquidations since the start, USD.</summary>
    public required decimal InsuranceUsd { get; init; }

    /// <summary>Every symbol that was ordered or configured, flat ones too, by name.</summary>
    public required IReadOnlyList<SimVenuePosition> Positions { get; init; }

    /// <summary>Live orders by symbol, oldest first.</summary>
    public required IReadOnlyList<SimVenueOrder> Orders { get; init; }
}

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

/// <summary>A live order.</summary>
public sealed record SimVenueOrder
{
    /// <summary>What was asked, its client order id among it.</summary>
    public required OrderCommand Command { get; init; }

    public required string VenueOrderId { get; init; }
    public required OrderStatus Status { get; init; }

    /// <summary>Base quantity, 0 or more.</summary>
    public required decimal FilledQuantity { get; init; }

    /// <summary>Volume-weighted, quote currency; null without a fill.</summary>
    public required decimal? AveragePrice { get; init; }

    /// <summary>True once the trigger of a conditional order was hit.</summary>
    public required bool IsTriggered { get; init; }
}
