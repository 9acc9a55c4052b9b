using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.Risk;
using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// The only places where orders come from: an entry needs the risk check's proof, everything else is reduce-only.
/// </summary>
internal static class OrderPlans
{
    public static OrderRecord Entry(ApprovedEntry approved, IntentRecord record, string positionId)
    {
        return new OrderRecord
        {
            ClientOrderId = OrderIds.Client(record.Id, "entry"),
            IntentId = record.Id,
            PositionId = positionId,
            CorrelationId = record.CorrelationId,
            Purpose = OrderPurpose.Entry,
            Type = OrderType.Market,
            Side = approved.Intent.Side,
            Quantity = approved.Terms.Quantity,
            ReduceOnly = false,
            ReferencePrice = approved.Terms.ReferencePrice,
            Leverage = approved.Terms.Leverage,
            DeadlineMs = record.DeadlineMs,
        };
    }

    /// <summary>A market order that can only reduce the position.</summary>
    public static OrderRecord Reduce(PositionRecord position, string intentId, string leg, decimal quantity) =>
        Protective(position, intentId, leg, quantity, OrderPurpose.Exit, OrderType.Market, null);

    /// <summary>Closes a position that could not be protected, for no intent.</summary>
    public static OrderRecord Emergency(PositionRecord position, string leg, decimal quantity)
    {
        return Protective(
            position, position.IntentId, leg, quantity, OrderPurpose.Exit, OrderType.Market, null,
            isEmergency: true);
    }

    /// <summary>A resting stop over the whole position.</summary>
    public static OrderRecord Stop(PositionRecord position, string intentId, string leg, decimal triggerPrice) =>
        Protective(position, intentId, leg, position?.Size ?? 0, OrderPurpose.Stop, OrderType.StopMarket, triggerPrice);

    /// <summary>The command that asks the venue for an action on an order.</summary>
    public static OrderCommand Command(OrderRecord order, OrderAction action, Symbol symbol)
    {
        return new OrderCommand
        {
            Action = action,
            ClientOrderId = order.ClientOrderId,
            IntentId = order.IntentId,
            Symbol = symbol,
            Side = order.Side,
            Type = order.Type,
            Purpose = order.Purpose,
            Quantity = action == OrderAction.Place ? order.Quantity : 0,
            TriggerPrice = order.TriggerPrice,
            ReferencePrice = action == OrderAction.Place ? order.ReferencePrice : null,
            ReduceOnly = order.ReduceOnly,
            Leverage = order.Leverage,
            DeadlineMs = order.DeadlineMs,
        };
    }

    private static OrderRecord Protective(
        PositionRecord position, string intentId, string leg, decimal quantity, OrderPurpose purpose, OrderType type,
        decimal? triggerPrice, bool isEmergency = false)
    {
        return new OrderRecord
        {
            ClientOrderId = OrderIds.Client(intentId, leg),
            IntentId = intentId,
            PositionId = position.Id,
            CorrelationId = position.CorrelationId,
            Purpose = purpose,
            Type = type,
            Side = position.Side.ExitSide(),
            Quantity = Math.Min(quantity, position.Size),
            ReduceOnly = true,
            TriggerPrice = triggerPrice,
            IsEmergency = isEmergency,
        };
    }
}
