using System.Text.Json.Serialization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue.State;

/// <summary>One order as the simulated venue keeps it.</summary>
internal sealed class VenueOrder
{
    /// <summary>What was asked.</summary>
    public required OrderCommand Command { get; init; }

    public required string VenueOrderId { get; init; }

    /// <summary>No price before this moment fills it, UTC epoch ms.</summary>
    public required long EffectiveAtMs { get; init; }

    public OrderStatus Status { get; set; } = OrderStatus.Accepted;

    /// <summary>True once a price after its latency has met it.</summary>
    public bool IsMet { get; set; }

    /// <summary>True once its trigger was hit: from then on a market order.</summary>
    public bool IsTriggered { get; set; }

    /// <summary>True once a price has met it: a limit order that was not marketable then rests as a maker.</summary>
    public bool IsResting { get; set; }

    /// <summary>Base quantity filled, 0 or more.</summary>
    public decimal FilledQuantity { get; set; }

    /// <summary>Sum of price times quantity over the fills, quote currency.</summary>
    public decimal FilledValue { get; set; }

    public string? ReasonCode { get; set; }

    [JsonIgnore]
    public decimal RemainingQuantity => Command.Quantity - FilledQuantity;

    [JsonIgnore]
    public decimal? AveragePrice => FilledQuantity == 0 ? null : FilledValue / FilledQuantity;

    [JsonIgnore]
    public bool IsLive => Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled;
}
