using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue;

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
