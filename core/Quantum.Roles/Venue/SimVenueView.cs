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
