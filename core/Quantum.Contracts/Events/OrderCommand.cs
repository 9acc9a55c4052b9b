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

    /// <summary>Trigger of stop and take-profit orders; null otherwise.</summary>
    public decimal? TriggerPrice { get; init; }

    public required bool ReduceOnly { get; init; }

    /// <summary>Leverage to be in force before the order is sent, from 1; null leaves it.</summary>
    public int? Leverage { get; init; }

    /// <summary>Never sent after this moment, UTC epoch ms; null for orders that reduce risk.</summary>
    public long? DeadlineMs { get; init; }

    public string? Fault()
    {
        if (string.IsNullOrEmpty(ClientOrderId) || ClientOrderId.Length > 36)
            return $"client_order_id '{ClientOrderId}' is not 1 to 36 characters";
        if (Action == OrderAction.Place && Quantity <= 0) return $"quantity {Quantity} is not above 0";
        var needsTrigger = Action == OrderAction.Place && Type is OrderType.StopMarket or OrderType.TakeProfitMarket;
        if (needsTrigger && TriggerPrice is null)
            return "trigger_price is empty though the order needs one";
        if (Leverage is < 1) return $"leverage {Leverage} is below 1";
        return Prices.Fault("price", Price) ?? Prices.Fault("trigger_price", TriggerPrice);
    }
}
