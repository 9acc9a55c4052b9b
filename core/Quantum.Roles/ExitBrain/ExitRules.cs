namespace Quantum.Roles.ExitBrain;

/// <summary>What is to be closed and why.</summary>
/// <param name="Reason">Reason code.</param>
/// <param name="Quantity">Base quantity; null is all that is left.</param>
/// <param name="TargetCount">How many targets, from the first open one, it takes; 0 for protective exits.</param>
internal sealed record ExitWish(string Reason, decimal? Quantity, int TargetCount);

/// <summary>
/// Decides whether a position is to be reduced now. Precedence: operator, liquidation guard, stop, time, targets.
/// Without a fresh price only operator and time decide.
/// </summary>
internal static class ExitRules
{
    public static ExitWish? Decide(
        OpenTrade trade, decimal? freshPrice, long nowMs, bool isFlattening, ExitBrainSettings settings)
    {
        if (isFlattening) return new ExitWish(ExitReasons.OperatorFlatten, null, 0);
        if (freshPrice is { } price && Protect(trade, price, nowMs, settings) is { } protection) return protection;
        if (nowMs - trade.OpenedAtMs >= settings.MaxHoldMs) return new ExitWish(ExitReasons.TimeStop, null, 0);
        var waitsForFirst = trade.Plan.Targets.TrueForAll(target => !target.IsDone);
        if (waitsForFirst && trade.Plan.FirstTargetByMs is { } byMs && nowMs >= byMs)
            return new ExitWish(ExitReasons.FirstTargetMissed, null, 0);
        return freshPrice is { } reached ? TakeProfit(trade, reached) : null;
    }

    private static ExitWish? Protect(OpenTrade trade, decimal price, long nowMs, ExitBrainSettings settings)
    {
        if (trade.LiquidationPrice is { } liquidation)
        {
            var way = -trade.GainAt(liquidation);
            if (way > 0m && -trade.GainAt(price) >= way * settings.LiquidationGuardFraction)
                return new ExitWish(ExitReasons.LiquidationGuard, null, 0);
        }

        if (trade.Stop.BreachedAtMs is not { } breachedAtMs) return null;
        // The resting stop should have acted; only where there is none, or it does not act, do we close ourselves.
        var isOverdue = trade.Stop.AppliedPrice is null || nowMs - breachedAtMs >= settings.StopGraceMs;
        if (!isOverdue) return null;
        // An intent of the operator's reason moves a stop; this one closes at it.
        var reason = trade.Stop.Reason == ExitReasons.OperatorStop ? ExitReasons.StopLoss : trade.Stop.Reason;
        return new ExitWish(reason, null, 0);
    }

    private static ExitWish? TakeProfit(OpenTrade trade, decimal price)
    {
        var quantity = 0m;
        var count = 0;
        var number = 0;
        var isLast = trade.Plan.RunnerFraction == 0m;
        for (var i = 0; i < trade.Plan.Targets.Count; i++)
        {
            var target = trade.Plan.Targets[i];
            if (target.IsDone) continue;
            if (!trade.HasReached(price, target.Price))
            {
                isLast = false;
                break;
            }

            quantity += target.LeftQuantity;
            count++;
            number = i + 1;
        }

        // Every target is done, yet something is left: the venue's rounding. No stop should have to wait for it.
        if (count == 0)
            return isLast ? new ExitWish(ExitReasons.TakeProfit(trade.Plan.Targets.Count), null, 0) : null;
        var takesAll = isLast || quantity >= trade.Ledger.OpenQuantity;
        return new ExitWish(ExitReasons.TakeProfit(number), takesAll ? null : quantity, count);
    }
}
