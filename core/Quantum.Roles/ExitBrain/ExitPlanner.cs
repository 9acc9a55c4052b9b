using Quantum.Roles.Ilf;

namespace Quantum.Roles.ExitBrain;

/// <summary>
/// Makes the plan of a position. R is the distance of the resting stop; without one it is the adaptive stop (domain
/// facts 2.3). Ladder targets lie at their R, but never nearer than the adaptive minimum of 0.3 %, below which fees eat
/// the gain. A part of the ladder that is below the symbol's least quantity joins the next target, what is too small at
/// the end joins the last one: no exit is planned that the venue would not take. Distances are fractions of the entry
/// price, so that long and short mirror each other exactly.
/// </summary>
internal static class ExitPlanner
{
    /// <summary>An ATR from here on is no fraction of a price: the audited system once sent price units.</summary>
    private const double MostAtrFraction = 0.5;

    public static ExitPlan Plan(in PlanBasis basis, ExitBrainSettings settings)
    {
        var levels = AdaptiveLevels.For(
            basis.Leverage, basis.Ilf.VolatilityFactor, basis.Ilf.ExchangeDivergence, basis.FundingSpreadFraction,
            settings.Levels);
        var profile = settings.ProfileOf(basis.Ilf.Regime ?? Regime.Unknown, basis.Side);
        var stopDistance = StopDistance(in basis, in levels);
        var ladder = profile.IsAdaptive
            ? AdaptiveTargets(in basis, in levels)
            : LadderTargets(in basis, profile, stopDistance);
        var (targets, runner) = TradeableOf(ladder, profile.RunnerFraction, in basis);
        return new ExitPlan
        {
            Profile = profile.Name,
            StopDistance = stopDistance,
            Targets = targets,
            TargetsLeftOut = ladder.Count - targets.Count,
            Trailing = TrailingOf(in basis, profile),
            FirstTargetByMs = profile.FirstTargetWithinMs is { } within ? basis.OpenedAtMs + within : null,
            RunnerFraction = runner,
        }.Checked(basis.Side, basis.EntryPrice);
    }

    // A stop that the entry slipped past says nothing of the risk that was planned.
    private static decimal StopDistance(in PlanBasis basis, in AdaptiveLevels levels)
    {
        var resting = basis.StopPrice is { } stop ? basis.Side.Sign() * (basis.EntryPrice - stop) : 0m;
        return resting > 0m ? resting : basis.EntryPrice * (decimal)levels.StopLossFraction;
    }

    private static (List<PlanTarget> Targets, decimal Runner) TradeableOf(
        List<PlanTarget> ladder, decimal runner, in PlanBasis basis)
    {
        if (basis.Filters is not { } filters || basis.Quantity <= 0m) return (ladder, runner);
        var quantity = basis.Quantity;
        bool IsTradeable(decimal share) => filters.FloorQuantity(share * quantity) >= filters.MinQuantity;
        var targets = new List<PlanTarget>(ladder.Count);
        var joined = 0m;
        foreach (var target in ladder)
        {
            joined += target.ShareFraction;
            if (!IsTradeable(joined)) continue;
            targets.Add(new PlanTarget { Price = target.Price, ShareFraction = joined });
            joined = 0m;
        }

        // What is left is the runner's where there is one, unless that too would be too small.
        var rest = joined + runner;
        if (rest == 0m) return (targets, 0m);
        if (runner > 0m && (IsTradeable(rest) || targets.Count == 0)) return (targets, rest);
        if (targets.Count == 0) return ([new PlanTarget { Price = ladder[0].Price, ShareFraction = 1m }], 0m);
        var last = targets[^1];
        targets[^1] = new PlanTarget { Price = last.Price, ShareFraction = last.ShareFraction + rest };
        return (targets, 0m);
    }

    private static List<PlanTarget> AdaptiveTargets(in PlanBasis basis, in AdaptiveLevels levels)
    {
        var split = HarvestSplit.For(basis.Leverage);
        return
        [
            Target(in basis, basis.EntryPrice * (decimal)levels.TakeProfit1Fraction, split.FirstFraction),
            Target(in basis, basis.EntryPrice * (decimal)levels.TakeProfit2Fraction, split.SecondFraction),
            Target(in basis, basis.EntryPrice * (decimal)levels.TakeProfit3Fraction, split.ThirdFraction),
        ];
    }

    private static List<PlanTarget> LadderTargets(in PlanBasis basis, ExitProfile profile, decimal stopDistance)
    {
        var nearest = basis.EntryPrice * (decimal)AdaptiveLevels.LeastTakeProfitFraction;
        var targets = new List<PlanTarget>(profile.Targets.Count);
        foreach (var target in profile.Targets)
            targets.Add(Target(in basis, Math.Max(nearest, target.AtR * stopDistance), target.ShareFraction));
        return targets;
    }

    private static PlanTarget Target(in PlanBasis basis, decimal distance, decimal share) => new()
    {
        Price = basis.EntryPrice + (basis.Side.Sign() * distance),
        ShareFraction = share,
    };

    private static List<PlanTrail> TrailingOf(in PlanBasis basis, ExitProfile profile)
    {
        var trailing = new List<PlanTrail>(profile.Trailing.Count);
        foreach (var step in profile.Trailing)
        {
            var fraction = step.AtrMultiple is { } multiple
                && basis.Ilf.AtrValue is > 0d and < MostAtrFraction and var atr
                ? multiple * (decimal)atr
                : step.CallbackFraction;
            trailing.Add(new PlanTrail(step.FromR, basis.EntryPrice * fraction));
        }

        return trailing;
    }
}
