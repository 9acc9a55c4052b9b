using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Publishes execution.result: the one end of each intent, and account changes that no intent asked for.
/// </summary>
internal static class Results
{
    /// <summary>Ends an intent that led to no order.</summary>
    public static void End(
        Outbox outbox, IntentRecord record, Outcome outcome, Reason refusal, SymbolState? state = null)
    {
        var result = Of(record, outcome, refusal.Code, refusal.Words) with
        {
            PositionId = state?.Position?.Id ?? record.Intent.PositionId,
            PositionQuantity = state?.ToldQuantity,
            StopPrice = state?.Position?.StopPrice,
        };
        Publish(outbox, in result, record.CorrelationId);
    }

    /// <summary>Ends an operator's word that leads to nothing: it came too late, or there is no position.</summary>
    public static void EndWord(Outbox outbox, IntentRecord record, Reason? stale, SymbolState? state)
    {
        var symbol = record.Intent.Symbol;
        var foreign = state?.Foreign is { } held
            ? $"; the {held.Quantity} at the venue is not ours: adopt it first"
            : "";
        var reason = stale ?? new Reason("no_position", $"no position in {symbol} is open{foreign}");
        var result = Of(record, stale is null ? Outcome.Denied : Outcome.Expired, reason.Code, reason.Words) with
        {
            Side = state?.Position is null ? null : record.Intent.Side,
            PositionId = state?.Position?.Id ?? record.Intent.PositionId,
            PositionQuantity = state?.ToldQuantity,
            StopPrice = state?.Position?.StopPrice,
        };
        Publish(outbox, in result, record.CorrelationId);
    }

    /// <summary>Ends an intent with what its order did.</summary>
    public static void End(
        Outbox outbox, Flight flight, OrderRecord order, Outcome outcome, Reason reason, SymbolState state)
    {
        Count(state, order);
        var hasPosition = order.FilledQuantity > 0 || order.ReduceOnly;
        var result = Of(flight.Record, outcome, reason.Code, reason.Words) with
        {
            PositionId = hasPosition ? order.PositionId : null,
            ClientOrderId = order.ClientOrderId,
            FilledQuantity = order.FilledQuantity,
            AveragePrice = order.AveragePrice,
            FeeUsd = order.FeeUsd,
            PositionQuantity = state.ToldQuantity,
            Leverage = order.Leverage ?? state.Position?.Leverage,
            StopPrice = state.Position?.StopPrice,
            LiquidationPrice = state.Position?.LiquidationPrice,
        };
        order.MarkReported();
        Publish(outbox, in result, flight.Record.CorrelationId);
    }

    /// <summary>Tells of what an order did that no intent waits for: a stop's fill, a late fill.</summary>
    public static void Tell(Outbox outbox, ResultKind kind, SymbolState state, OrderRecord order, Reason reason)
    {
        Count(state, order);
        var quantity = order.FilledQuantity - order.ReportedQuantity;
        var change = Change(kind, state, reason) with
        {
            IntentId = order.IntentId,
            PositionId = order.PositionId,
            ClientOrderId = order.ClientOrderId,
            Side = order.Side,
            ReduceOnly = order.ReduceOnly,
            FilledQuantity = quantity,
            AveragePrice = quantity == 0 ? null : (order.FilledValue - order.ReportedValue) / quantity,
            FeeUsd = order.FeeUsd - order.ReportedFeeUsd,
        };
        order.MarkReported();
        Publish(outbox, in change, order.CorrelationId);
    }

    /// <summary>Tells of a change of the account that no order of ours made; the part carries its figures.</summary>
    public static void Tell(Outbox outbox, in ExecutionResult change, PositionRecord? position) => Publish(
        outbox,
        change with
        {
            IntentId = position?.IntentId,
            PositionId = position?.Id,
            Leverage = position?.Leverage,
            LiquidationPrice = position?.LiquidationPrice,
        },
        position?.CorrelationId);

    /// <summary>Tells what cash the venue has, as its word and nobody's fill.</summary>
    public static void TellBalance(Outbox outbox, Symbol symbol, decimal walletUsd)
    {
        var result = Change(
            ResultKind.Balance, new SymbolState { Symbol = symbol }, new Reason("balance", $"{walletUsd} USD"));
        Publish(outbox, result with { PositionQuantity = null, WalletUsd = walletUsd }, null);
    }

    /// <summary>A change without figures yet.</summary>
    public static ExecutionResult Change(ResultKind kind, SymbolState state, Reason reason)
    {
        return new ExecutionResult
        {
            Kind = kind,
            Symbol = state.Symbol,
            Outcome = kind is ResultKind.Funding or ResultKind.Adjustment or ResultKind.Balance
                ? Outcome.Applied : Outcome.Filled,
            ReasonCode = reason.Code,
            Reason = reason.Words,
            ReduceOnly = true,
            FilledQuantity = 0,
            FeeUsd = 0,
            PositionQuantity = state.ToldQuantity,
            StopPrice = state.Position?.StopPrice,
            Ilf = IlfContext.Unknown,
        };
    }

    private static void Count(SymbolState state, OrderRecord order) =>
        state.ToldQuantity += order.Side.Sign() * (order.FilledQuantity - order.ReportedQuantity);

    private static ExecutionResult Of(IntentRecord record, Outcome outcome, string code, string? words)
    {
        var intent = record.Intent;
        return new ExecutionResult
        {
            Kind = ResultKind.Intent,
            IntentId = record.Id,
            Symbol = intent.Symbol,
            Side = intent.Side,
            Outcome = outcome,
            ReasonCode = code,
            Reason = words,
            ReduceOnly = intent.IsExit(),
            FilledQuantity = 0,
            FeeUsd = 0,
            Confidence = intent.Confidence,
            Ilf = intent.Ilf,
            SignalId = intent.SignalId,
            ModelName = intent.ModelName,
            ModelVersion = intent.ModelVersion,
            PolicyVersion = intent.PolicyVersion,
            IntentReason = intent.Reason,
            ExpectedR = intent.ExpectedR,
            Exploration = intent.Exploration,
        };
    }

    private static void Publish(Outbox outbox, in ExecutionResult result, string? correlationId)
    {
        outbox.Publish(StreamCatalog.ExecutionResult, in result, correlationId);
        var (symbol, code) = (result.Symbol.Name, result.ReasonCode);
        if (result.Kind == ResultKind.Intent) outbox.Count("intent", code, symbol, result.Reason);
        else outbox.Count("account", code, symbol, result.Reason);
    }
}

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
