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
    public required long EffectiveAtMs { get; set; }

    public OrderStatus Status { get; set; } = OrderStatus.Accepted;

    /// <summary>True once a price after its latency has met it.</summary>
    public bool IsMet { get; set; }

    /// <summary>
    /// True once its trigger was hit: from then on a market order, or a limit order where it has a limit.
    /// </summary>
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

    /// <summary>True while its trigger was not hit.</summary>
    [JsonIgnore]
    public bool Waits => Command.Type.IsConditional() && !IsTriggered;

    [JsonIgnore]
    public bool HasLimit => Command.Type.HasLimit();

    /// <summary>True when it closes whatever is held; its quantity says nothing.</summary>
    [JsonIgnore]
    public bool ClosesAll => Command.ClosePosition is true;

    /// <summary>True when it can open nothing.</summary>
    [JsonIgnore]
    public bool Reduces => Command.Reduces();

    /// <summary>Base quantity that it still wants, never more than it may reduce.</summary>
    public decimal WantedOf(VenueSymbol symbol)
    {
        var held = Math.Abs(symbol.Quantity);
        if (ClosesAll) return held;
        return Reduces ? Math.Min(RemainingQuantity, held) : RemainingQuantity;
    }

    [JsonIgnore]
    public TimeInForce TimeInForce => Command.TimeInForce ?? TimeInForce.Gtc;
}
