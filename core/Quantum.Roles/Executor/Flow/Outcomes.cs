using Quantum.Contracts.Units;
using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>Translates how an order ended into how its intent ended.</summary>
internal static class Outcomes
{
    /// <param name="order">A finished order.</param>
    /// <param name="cancelCode">Why we cancelled it, or null.</param>
    public static (Outcome Outcome, Reason Reason) Of(OrderRecord order, string? cancelCode)
    {
        if (order.FilledQuantity >= order.Quantity)
            return (Outcome.Filled, new Reason("filled", $"{order.FilledQuantity} at {order.AveragePrice}"));
        var (outcome, code, words) = Unfilled(order, cancelCode);
        return order.FilledQuantity > 0
            ? (Outcome.PartiallyFilled,
                new Reason(code, $"{order.FilledQuantity} of {order.Quantity} at {order.AveragePrice}; {words}"))
            : (outcome, new Reason(code, words));
    }

    private static (Outcome Outcome, string Code, string Words) Unfilled(OrderRecord order, string? cancelCode)
    {
        var words = order.Reason ?? $"the venue ended it as {order.FinalStatus}";
        return order.FinalStatus switch
        {
            OrderStatus.Rejected => (Outcome.Rejected, order.ReasonCode ?? "rejected", words),
            OrderStatus.Expired when order.ReasonCode is null or "deadline" =>
                (Outcome.Expired, order.ReasonCode ?? "venue_expired", words),
            OrderStatus.Expired => (Outcome.Rejected, order.ReasonCode, words),
            OrderStatus.Canceled when cancelCode is not null =>
                (OutcomeOf(cancelCode), cancelCode, $"we cancelled the rest: {cancelCode}"),
            OrderStatus.Canceled => (Outcome.Failed, order.ReasonCode ?? "canceled_by_venue", words),
            _ => (Outcome.Failed, order.ReasonCode ?? "venue_lost", words),
        };
    }

    private static Outcome OutcomeOf(string cancelCode) => cancelCode switch
    {
        "deadline" => Outcome.Expired,
        "exit_first" => Outcome.Superseded,
        _ => Outcome.Denied,
    };
}
