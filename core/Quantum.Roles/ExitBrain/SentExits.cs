namespace Quantum.Roles.ExitBrain;

/// <summary>Sends exits and stop moves, one of each in flight per position, and takes their results.</summary>
internal sealed class SentExits(ExitBrainSettings settings)
{
    private const int MostRetryFactor = 6;

    /// <summary>Gives up intents whose result is long overdue; true when the trade changed.</summary>
    public bool GiveUp(OpenTrade trade, long nowMs, Outbox outbox)
    {
        var changed = false;
        if (trade.Exit is { } exit && nowMs > exit.DeadlineMs + settings.ResultGraceMs)
        {
            outbox.Count("exit", "no_result", trade.Symbol.Name);
            trade.Exit = null;
            changed = true;
        }

        if (trade.StopMove is { } move && nowMs > move.DeadlineMs + settings.ResultGraceMs)
        {
            outbox.Count("move_stop", "no_result", trade.Symbol.Name);
            trade.StopMove = null;
            changed = true;
        }

        return changed;
    }

    /// <summary>Sends an exit unless one is in flight or a pause is due; true when sent.</summary>
    public bool TrySend(OpenTrade trade, ExitWish wish, long nowMs, Outbox outbox)
    {
        if (trade.Exit is not null || nowMs < trade.ExitNotBeforeMs) return false;
        var deadlineMs = nowMs + settings.ExitDeadlineMs;
        var sent = outbox.Publish(
            StreamCatalog.TradeIntent, ExitIntents.Exit(trade, wish, deadlineMs), trade.CorrelationId);
        trade.Exit = new ExitInFlight(sent.Id, wish.Reason, wish.TargetCount, deadlineMs);
        return true;
    }

    /// <summary>Sends the stop to the venue when it is not there yet; true when sent.</summary>
    public bool TryMoveStop(OpenTrade trade, long nowMs, Outbox outbox)
    {
        var stop = trade.Stop;
        var isThere = stop.AppliedPrice is { } applied && !trade.IsTighter(stop.Price, applied);
        // A price beyond the stop is the exit's business: a stop placed there would be refused or act at once.
        if (isThere || stop.BreachedAtMs is not null || trade.StopMove is not null || nowMs < trade.StopMoveNotBeforeMs)
            return false;
        var deadlineMs = nowMs + settings.ExitDeadlineMs;
        var sent = outbox.Publish(
            StreamCatalog.TradeIntent, ExitIntents.MoveStop(trade, deadlineMs), trade.CorrelationId);
        trade.StopMove = new StopMoveInFlight(sent.Id, stop.Price, stop.Reason, deadlineMs);
        return true;
    }

    /// <summary>Takes the end of one of our intents; the fills themselves are booked already.</summary>
    public void Take(OpenTrade trade, in ExecutionResult result, long nowMs, Outbox outbox)
    {
        if (result.Kind != ResultKind.Intent) return;
        if (trade.Exit is { } exit && exit.IntentId == result.IntentId) TakeExit(trade, exit, in result, nowMs, outbox);
        else if (trade.StopMove is { } move && move.IntentId == result.IntentId)
            TakeMove(trade, move, in result, nowMs, outbox);
    }

    private void TakeExit(OpenTrade trade, ExitInFlight exit, in ExecutionResult result, long nowMs, Outbox outbox)
    {
        trade.Exit = null;
        if (result.FilledQuantity > 0m)
        {
            trade.TargetRefusals = 0;
            Allocate(trade, exit.TargetCount, result.FilledQuantity, result.Outcome == Outcome.Filled);
            return;
        }

        outbox.Count("exit", result.ReasonCode, trade.Symbol.Name);
        if (result.Outcome is Outcome.Expired or Outcome.Superseded)
        {
            // Nobody refused it: it was only too late, and goes out again at once. But where it is too late again, its
            // time is another than the executor's, and so it would be without end.
            if (nowMs - trade.LateAtMs < settings.RetryAfterMs) trade.ExitNotBeforeMs = nowMs + settings.RetryAfterMs;
            trade.LateAtMs = nowMs;
            return;
        }

        trade.TargetRefusals++;
        trade.ExitNotBeforeMs = nowMs + (settings.RetryAfterMs * Math.Min(MostRetryFactor, trade.TargetRefusals));
        if (exit.TargetCount > 0 && trade.TargetRefusals >= settings.MaxTargetRefusals)
            JoinNext(trade, exit.TargetCount, outbox);
    }

    private void TakeMove(OpenTrade trade, StopMoveInFlight move, in ExecutionResult result, long nowMs, Outbox outbox)
    {
        trade.StopMove = null;
        var isThere = result.StopPrice is { } told && !trade.IsTighter(move.Price, told);
        if (result.Outcome == Outcome.Applied || isThere)
        {
            // The executor rounds to the tighter tick, so what rests may be a little tighter than what was asked for.
            var rests = result.StopPrice ?? move.Price;
            trade.Stop.AppliedPrice = trade.IsTighter(rests, move.Price) ? rests : move.Price;
            // Where a person had it tighter meanwhile, it is that person's stop.
            if (result.Outcome == Outcome.Applied || !trade.IsTighter(rests, move.Price))
                trade.Stop.AppliedReason = move.Reason;
            return;
        }

        outbox.Count("move_stop", result.ReasonCode, trade.Symbol.Name);
        trade.StopMoveNotBeforeMs = nowMs + settings.RetryAfterMs;
    }

    private static void Allocate(OpenTrade trade, int targetCount, decimal filled, bool isComplete)
    {
        foreach (var target in trade.Plan.Targets.Where(target => !target.IsDone).Take(targetCount))
        {
            var taken = isComplete ? target.LeftQuantity : Math.Min(target.LeftQuantity, filled);
            filled -= taken;
            target.LeftQuantity -= taken;
            target.IsDone = target.LeftQuantity == 0m;
        }
    }

    // A share too small for the venue is taken with the next target, or runs on.
    private static void JoinNext(OpenTrade trade, int targetCount, Outbox outbox)
    {
        var open = trade.Plan.Targets.FindAll(target => !target.IsDone);
        var isAll = targetCount >= open.Count && trade.Plan.RunnerFraction == 0m;
        if (isAll) return;
        outbox.Count("exit", "target_joined_next", trade.Symbol.Name);
        trade.TargetRefusals = 0;
        var joined = 0m;
        foreach (var target in open.Take(targetCount))
        {
            joined += target.LeftQuantity;
            target.LeftQuantity = 0m;
            target.IsDone = true;
        }

        if (targetCount < open.Count) open[targetCount].LeftQuantity += joined;
    }
}
