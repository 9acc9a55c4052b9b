namespace Quantum.Contracts.Events;

/// <summary>
/// What is asked of the venue gateway, on <c>order.command</c>; the executor's are built only from approved intents.
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

    /// <summary>
    /// Base quantity, above 0, on the symbol's step; 0 only for what is no order, and where the position is closed.
    /// </summary>
    public required decimal Quantity { get; init; }

    /// <summary>Limit price, quote currency; null for orders that take the market's price.</summary>
    public decimal? Price { get; init; }

    /// <summary>
    /// Price on which an entry was approved, quote currency: for what may be sent in a minute, never a limit; null for
    /// others.
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

    /// <summary>
    /// Margin mode to be in force before the order is sent: true, the position has a margin of its own; false, the
    /// whole account carries it; null leaves it. No venue changes it while a position or an order is open.
    /// </summary>
    public bool? IsIsolated { get; init; }

    /// <summary>
    /// Of <see cref="OrderAction.Configure"/>: the margin that the isolated position is to have, USD, above 0; null
    /// leaves it. The sum, not the change, so that a command which comes twice moves money once.
    /// </summary>
    public decimal? IsolatedMarginUsd { get; init; }

    /// <summary>Never sent after this moment, UTC epoch ms; null for orders that reduce risk.</summary>
    public long? DeadlineMs { get; init; }

    /// <summary>The risk gates that an entry passed, with their figures; null for other orders.</summary>
    public WireList<PassedGate>? Gates { get; init; }

    public string? Fault()
    {
        if (string.IsNullOrEmpty(ClientOrderId) || ClientOrderId.Length > 36)
            return $"client_order_id '{ClientOrderId}' is not 1 to 36 characters";
        if (Leverage is < 1) return $"leverage {Leverage} is below 1";
        return OrderFault() ?? ConfigureFault()
            ?? Prices.Fault("price", Price) ?? Prices.Fault("trigger_price", TriggerPrice);
    }

    private string? OrderFault()
    {
        if (Action != OrderAction.Place) return null;
        if (Quantity <= 0 && ClosePosition is not true) return $"quantity {Quantity} is not above 0";
        if (Type.IsConditional() && TriggerPrice is null) return "trigger_price is empty though the order needs one";
        return Type is OrderType.StopLimit or OrderType.TakeProfitLimit && Price is null
            ? "price is empty though the order needs one" : null;
    }

    private string? ConfigureFault()
    {
        if (IsolatedMarginUsd is <= 0) return $"isolated_margin_usd {IsolatedMarginUsd} is not above 0";
        return Action == OrderAction.Configure && Leverage is null && IsIsolated is null && IsolatedMarginUsd is null
            ? "nothing to configure: name leverage, is_isolated or isolated_margin_usd" : null;
    }
}
