using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Events;

/// <summary>
/// What the executor asks of the venue gateway, on <c>order.command</c>; built only from approved intents.
/// </summary>
public readonly record struct OrderCommand : ICheckedEvent
{
    public required OrderAction Action { get; init; }

    /// <summary>Hash of the intent id and leg, 1 to 36 characters.</summary>
    public required string ClientOrderId { get; init; }

    public required string IntentId { get; init; }
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public required OrderPurpose Purpose { get; init; }

    /// <summary>Base quantity, above 0, on the symbol's step; 0 only for cancel and query.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Limit price, quote currency; null for market and stop orders.</summary>
    public decimal? Price { get; init; }

    /// <summary>
    /// Price on which an entry was approved, quote currency: for what may be sent in a minute, never a limit; null for others.
    /// </summary>
    public decimal? ReferencePrice { get; init; }

    /// <summary>Trigger of stop and take-profit orders; null otherwise.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Which price hits the trigger; null: the last trade's.</summary>
    public TriggerBy? TriggerBy { get; init; }

    /// <summary>How long an order with a limit price lives; null: until it is cancelled.</summary>
    public TimeInForce? TimeInForce { get; init; }

    public required bool ReduceOnly { get; init; }

    /// <summary>
    /// True for a stop or take profit that closes whatever is held when it triggers; its quantity then says nothing.
    /// </summary>
    public bool? ClosePosition { get; init; }

    /// <summary>Leverage to be in force before the order is sent, from 1; null leaves it.</summary>
    public int? Leverage { get; init; }

    /// <summary>Never sent after this moment, UTC epoch ms; null for orders that reduce risk.</summary>
    public long? DeadlineMs { get; init; }

    public string? Fault()
    {
        if (string.IsNullOrEmpty(ClientOrderId) || ClientOrderId.Length > 36)
            return $"client_order_id '{ClientOrderId}' is not 1 to 36 characters";
        if (Action == OrderAction.Place && Quantity <= 0) return $"quantity {Quantity} is not above 0";
        var isPlace = Action == OrderAction.Place;
        if (isPlace && Type.IsConditional() && TriggerPrice is null)
            return "trigger_price is empty though the order needs one";
        if (isPlace && Type is OrderType.StopLimit or OrderType.TakeProfitLimit && Price is null)
            return "price is empty though the order needs one";
        if (Leverage is < 1) return $"leverage {Leverage} is below 1";
        return Prices.Fault("price", Price) ?? Prices.Fault("trigger_price", TriggerPrice);
    }
}
