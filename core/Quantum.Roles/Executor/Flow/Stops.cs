using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Sees to it that every open position has a resting stop on the venue or is being closed. Called after each change; it
/// compares what should rest with what does and takes one step: place, replace (new one first), retry, or close at
/// market.
/// </summary>
internal sealed class Stops(ExecutorSettings settings, Fills fills)
{
    private const int MostDoublings = 16;

    public void Tend(in Moment moment, SymbolState state)
    {
        TakeAnswers(in moment, state);
        if (state.Position is { } position)
        {
            Note(in moment, state, position);
            Protect(in moment, state, position);
        }
        else Clear(in moment, state);
    }

    // The ledger of protection: what the venue has confirmed, not what was sent.
    private static void Note(in Moment moment, SymbolState state, PositionRecord position)
    {
        var stop = state.Stop;
        var isProtected = Live(state, stop.RestingId) is { Stage: OrderStage.Known } resting
            && resting.Side == position.Side.ExitSide() && resting.RemainingQuantity >= position.Size
            && !resting.IsShort;
        stop.ProtectedSinceMs = isProtected ? stop.ProtectedSinceMs ?? moment.NowMs : null;
        stop.UnprotectedSinceMs = isProtected ? null : stop.UnprotectedSinceMs ?? moment.NowMs;
    }

    // A stop that hangs at the venue without an answer protects nobody.
    private bool IsOverdue(in Moment moment, StopGuard stop) =>
        moment.NowMs - stop.UnprotectedSinceMs >= settings.CloseUnprotectedMs;

    /// <summary>Counts the seconds in which a position stands without a confirmed stop.</summary>
    public void OnClock(in Moment moment, SymbolState state)
    {
        if (state is not { Position: not null, Stop.UnprotectedSinceMs: { } sinceMs }) return;
        moment.Outbox.Count("unprotected", "unconfirmed", state.Symbol.Name);
        if (moment.NowMs - sinceMs > settings.MaxUnprotectedMs)
            moment.Outbox.Count("protection", "beyond_limit", state.Symbol.Name);
    }

    private static OrderRecord? Live(SymbolState state, string? id) =>
        state.FindOrder(id) is { IsDone: false } order ? order : null;

    private void TakeAnswers(in Moment moment, SymbolState state)
    {
        var stop = state.Stop;
        if (state.FindOrder(stop.RestingId) is { IsDone: true } gone)
        {
            stop.RestingId = null;
            if (gone.FilledQuantity == 0) stop.Failures++;
        }

        if (Live(state, stop.CloseId) is { IsMissing: true } lost)
        {
            lost.IsReplaced = true;
            stop.CloseId = null;
        }
        else if (stop.CloseId is not null && Live(state, stop.CloseId) is null)
        {
            var pauseMs = PauseAfter(in moment, state, state.FindOrder(stop.CloseId));
            stop.CloseId = null;
            stop.NotBeforeMs = moment.NowMs + pauseMs;
        }

        // One that was let go and has turned up after all protects until the one in its place does.
        stop.RestingId ??= state.Orders.Find(static order => order is
        {
            Purpose: OrderPurpose.Stop, Stage: OrderStage.Known, IsReplaced: true, CancelRequested: false,
        })?.ClientOrderId;
        if (state.FindOrder(stop.PendingId) is not { } pending) return;
        if (pending.Stage == OrderStage.Known)
        {
            stop.RestingId = pending.ClientOrderId;
            stop.PendingId = null;
        }
        else if (pending.IsDone)
        {
            stop.PendingId = null;
            // What was refused for the rate was not judged: it is tried again, and says nothing against the stop.
            if (IsPassing(pending)) stop.NotBeforeMs = moment.NowMs + settings.RetryAfterMs;
            else if (pending.FilledQuantity == 0)
                stop.Failures += WasCrossed(pending) ? settings.MaxStopFailures : 1;
        }
        else if (pending.IsMissing && stop.RestingId is null && state.StopMove?.ClientOrderId != stop.PendingId)
        {
            // It is not waited for until it can arrive no more: two stops do no harm, none may.
            pending.IsReplaced = true;
            stop.PendingId = null;
        }
    }

    // What the venue refuses once it will refuse again a second later, for as long as its reason lasts: the pause
    // grows. What it did not judge, or did not answer, is tried again as before.
    private long PauseAfter(in Moment moment, SymbolState state, OrderRecord? close)
    {
        var stop = state.Stop;
        if (close is { FilledQuantity: > 0 }) EndRefusals(in moment, state);
        if (close is not { FilledQuantity: 0, FinalStatus: OrderStatus.Rejected or OrderStatus.Expired }
            || IsPassing(close) || state.Position is null) return settings.RetryAfterMs;
        stop.RefusedCloses++;
        moment.Outbox.Count("emergency_close", "close_refused", state.Symbol.Name);
        var doublings = Math.Min(stop.RefusedCloses - 1, MostDoublings);
        return Math.Min(settings.RetryAfterMs << doublings, settings.LongestRetryMs);
    }

    private static void EndRefusals(in Moment moment, SymbolState state)
    {
        if (state.Stop.RefusedCloses == 0) return;
        state.Stop.RefusedCloses = 0;
        moment.Outbox.Count("emergency_close", "close_over", state.Symbol.Name);
    }

    private static bool WasCrossed(OrderRecord order) => order.ReasonCode == "would_trigger";

    private static bool IsPassing(OrderRecord order) =>
        order.ReasonCode is "rate_limited" or "banned" or "venue_unavailable" or "clock" or "order_unresolved";

    // An order that the venue does not answer must not keep the position open for as long as it is waited for.
    private bool Hangs(in Moment moment, OrderRecord order) =>
        moment.NowMs - order.SentAtMs >= settings.CloseUnprotectedMs;

    private void Protect(in Moment moment, SymbolState state, PositionRecord position)
    {
        position.StopPrice ??= fills.FallbackStop(position, state.Symbol);
        var stop = state.Stop;
        var resting = Live(state, stop.RestingId);
        if (resting is not null) CancelOthers(in moment, state, resting);
        if (state.FindOrder(stop.CloseId) is { } closing && !Hangs(in moment, closing)) return;
        var isOverdue = IsOverdue(in moment, stop);
        if (stop.PendingId is not null && !isOverdue) return;
        // Its trigger was hit: the position is being closed.
        if (resting is { FilledQuantity: > 0 }) return;
        if (resting is not null && Fits(resting, position, state))
        {
            stop.NotBeforeMs = 0;
            EndRefusals(in moment, state);
            return;
        }

        if (moment.NowMs < stop.NotBeforeMs) return;
        stop.NotBeforeMs = 0;
        // A stop that cannot be placed for want of any price is none: what is held is closed.
        if (isOverdue || stop.Failures >= settings.MaxStopFailures || position.StopPrice is null)
            Close(in moment, state, position);
        else Place(in moment, state, position);
    }

    // While an exit works the stop may stand for more than is left: being reduce-only it can do no harm.
    private static bool Fits(OrderRecord resting, PositionRecord position, SymbolState state) =>
        resting.Side == position.Side.ExitSide() && resting.PositionId == position.Id
        && resting.TriggerPrice == position.StopPrice && !resting.IsShort
        && (resting.Quantity == position.Size || (resting.Quantity > position.Size && state.Exit is not null));

    private static void Place(in Moment moment, SymbolState state, PositionRecord position)
    {
        var order = OrderPlans.Stop(position, position.IntentId, $"stop.{++state.Stop.Leg}", position.StopPrice!.Value);
        state.Stop.PendingId = order.ClientOrderId;
        Orders.Place(in moment, state, order);
    }

    private void Close(in Moment moment, SymbolState state, PositionRecord position)
    {
        // An exit that already closes everything needs no second order.
        if (state.Exit is { } exit && state.OrderOf(exit) is var closing
            && closing.RemainingQuantity >= position.Size && !Hangs(in moment, closing)) return;
        // What cannot be protected must not grow while it is being closed.
        Entries.CancelRest(in moment, state, "unprotected");
        // One order closes no more than the venue takes at once; the rest follows.
        var most = settings.Symbols.Find(state.Symbol)?.MaxMarketQuantity ?? position.Size;
        var order = OrderPlans.Emergency(position, $"close.{++state.Stop.Leg}", Math.Min(position.Size, most));
        state.Stop.CloseId = order.ClientOrderId;
        moment.Outbox.Count("unprotected", "closing", state.Symbol.Name);
        Orders.Place(in moment, state, order);
    }

    private static void CancelOthers(in Moment moment, SymbolState state, OrderRecord keep)
    {
        foreach (var order in state.Orders)
        {
            var isSpare = order is { Purpose: OrderPurpose.Stop, IsDone: false } && order != keep;
            if (isSpare && order.ClientOrderId != state.Stop.PendingId) Orders.Cancel(in moment, state, order);
        }
    }

    private static void Clear(in Moment moment, SymbolState state)
    {
        foreach (var order in state.Orders)
            if (order is { Purpose: OrderPurpose.Stop, IsDone: false }) Orders.Cancel(in moment, state, order);
        if (state.StopMove is { } move) move.CancelCode ??= "position_closed";
        state.Stop.PendingId = null;
        state.Stop.RestingId = null;
        if (state.Stop.CloseId is not null && Live(state, state.Stop.CloseId) is null) state.Stop.CloseId = null;
        state.Stop.Failures = 0;
        EndRefusals(in moment, state);
        state.Stop.ProtectedSinceMs = state.Stop.UnprotectedSinceMs = null;
        state.Stop.NotBeforeMs = 0;
    }
}
