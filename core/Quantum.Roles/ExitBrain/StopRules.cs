namespace Quantum.Roles.ExitBrain;

/// <summary>A tighter place for the stop, and why.</summary>
/// <param name="Price">Quote currency.</param>
/// <param name="Reason">Reason code of a trade it closes.</param>
internal readonly record struct StopPlace(decimal Price, string Reason);

/// <summary>
/// Where the stop may go: break-even after the first target, the first target's price after the second, behind the best
/// price while trailing, nearer when the market turns volatile. It never answers a looser place, nor one that would act
/// at once.
/// </summary>
internal static class StopRules
{
    public static StopPlace? Tighter(OpenTrade trade, decimal price, ExitBrainSettings settings)
    {
        var gap = settings.MinStopGapFraction * trade.EntryPrice;
        var trailStep = settings.MinTrailStepFraction * trade.EntryPrice;
        var best = new StopPlace(trade.Stop.Price, trade.Stop.Reason);
        best = Better(trade, best, Ratchet(trade, settings), price, gap, 0m);
        best = Better(trade, best, Trail(trade), price, gap, trailStep);
        best = Better(trade, best, Squeeze(trade, price, settings), price, gap, 0m);
        return trade.IsTighter(best.Price, trade.Stop.Price) ? best : null;
    }

    private static StopPlace Better(
        OpenTrade trade, StopPlace best, StopPlace? candidate, decimal price, decimal gap, decimal leastStep)
    {
        if (candidate is not { } place) return best;
        var sign = trade.Side.Sign();
        var keepsGap = sign * (price - place.Price) >= gap && sign * (price - place.Price) > 0m;
        var improves = trade.IsTighter(place.Price, best.Price)
            && sign * (place.Price - trade.Stop.Price) >= leastStep;
        return keepsGap && improves ? place : best;
    }

    private static StopPlace? Ratchet(OpenTrade trade, ExitBrainSettings settings)
    {
        var targets = trade.Plan.Targets;
        if (targets.Count > 1 && targets[1].IsDone) return new StopPlace(targets[0].Price, ExitReasons.ProfitLock);
        if (targets.Count == 0 || !targets[0].IsDone) return null;
        var offset = trade.Side.Sign() * settings.BreakEvenOffsetFraction * trade.EntryPrice;
        return new StopPlace(trade.EntryPrice + offset, ExitReasons.BreakEven);
    }

    private static StopPlace? Trail(OpenTrade trade)
    {
        var steps = trade.Plan.Trailing;
        if (steps.Count == 0) return null;
        var bestR = trade.GainAt(trade.BestPrice) / trade.Plan.StopDistance;
        for (var i = steps.Count - 1; i >= 0; i--)
            if (bestR >= steps[i].FromR)
                return new StopPlace(
                    trade.BestPrice - (trade.Side.Sign() * steps[i].Distance), ExitReasons.TrailingStop);
        return null;
    }

    private static StopPlace? Squeeze(OpenTrade trade, decimal price, ExitBrainSettings settings) =>
        trade.TightenReason is { } reason
            ? new StopPlace(price - ((price - trade.Stop.Price) * settings.TightenFraction), reason)
            : null;
}
