using Quantum.Roles.Executor.State;

namespace Quantum.Looking;

/// <summary>
/// An order that may still trade, as the executor's book has it: prices in quote currency, base quantities.
/// </summary>
/// <param name="Symbol">Whose.</param>
/// <param name="ClientOrderId">Its id at the venue.</param>
/// <param name="Purpose">Entry, exit or stop.</param>
/// <param name="Type">Kind of order.</param>
/// <param name="Side">buy or sell.</param>
/// <param name="Quantity">Above 0.</param>
/// <param name="FilledQuantity">From 0.</param>
/// <param name="TriggerPrice">Of a stop; null for others.</param>
/// <param name="ReduceOnly">True where it can only reduce.</param>
/// <param name="Stage">planned, sending, known or unknown.</param>
/// <param name="SentAtMs">UTC epoch ms; 0 when not sent yet.</param>
/// <param name="IntentId">The intent it serves.</param>
/// <param name="PositionId">The position it opens, reduces or protects.</param>
public sealed record WorkingOrder(
    string Symbol, string ClientOrderId, string Purpose, string Type, string Side, decimal Quantity,
    decimal FilledQuantity, decimal? TriggerPrice, bool ReduceOnly, string Stage, long SentAtMs, string IntentId,
    string PositionId)
{
    /// <summary>Every one, by symbol, the oldest first.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static IReadOnlyList<WorkingOrder> All(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return
        [
            .. from symbol in look.StatesOf<SymbolState>(RoleNames.Executor, SymbolState.Key)
               from order in symbol.Value.Orders
               where !order.IsDone
               select Of(symbol.Value, order),
        ];
    }

    private static WorkingOrder Of(SymbolState state, OrderRecord order) => new(
        state.Symbol.Name, order.ClientOrderId, WireNames.Of(order.Purpose), WireNames.Of(order.Type),
        WireNames.Of(order.Side), order.Quantity, order.FilledQuantity, order.TriggerPrice, order.ReduceOnly,
        WireNames.ToSnakeCase(order.Stage.ToString()), order.SentAtMs, order.IntentId, order.PositionId);
}
