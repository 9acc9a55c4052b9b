namespace Quantum.Roles.Governance;

/// <summary>
/// Why trading is to be restricted now: each rule answers a trip or nothing, the strictest wins, the first of equals.
/// What an operator acknowledged counts from there on.
/// </summary>
internal static class TripRules
{
    public static Trip? Worst(GovernanceState state, GovernanceSettings settings)
    {
        var before = BeforeDaily(state, settings);
        var after = AfterDaily(state, settings);
        var drawdown = state.Portfolio.DailyDrawdownFraction - state.Acknowledged.DailyDrawdownFraction;
        // The strictest of each has the strictest mode of each.
        var mode = Stricter(
            Stricter(before?.Mode ?? state.OperatorMode, after?.Mode ?? state.OperatorMode),
            Stricter(state.OperatorMode, state.Trip?.Mode ?? state.OperatorMode));
        return Worse(Worse(before, Daily(drawdown, mode, settings)), after);
    }

    /// <summary>A halt that needs a person is stricter than one that passes.</summary>
    public static bool IsStricter(Trip trip, Trip other) => Severity(trip) > Severity(other);

    private static int Severity(Trip trip) => (trip.Mode == RiskMode.Halt ? 2 : 0) + (trip.NeedsReset ? 1 : 0);

    // The first of equals.
    private static Trip? Worse(Trip? first, Trip? second) =>
        first is null || (second is not null && IsStricter(second, first)) ? second : first;

    private static RiskMode Stricter(RiskMode one, RiskMode other) => one > other ? one : other;

    private static Trip? BeforeDaily(GovernanceState state, GovernanceSettings settings)
    {
        var seen = state.Portfolio;
        var worst = Equity(seen);
        foreach (var finding in state.Findings)
            if (settings.Halts.Halts(finding)) worst = Worse(worst, Audit(finding, settings));
        worst = Worse(worst, Mismatch(seen.AdjustmentsToday - state.Acknowledged.AdjustmentsToday, settings));
        return Worse(worst, Peak(seen.DrawdownFraction - state.Acknowledged.DrawdownFraction, settings));
    }

    private static Trip? AfterDaily(GovernanceState state, GovernanceSettings settings)
    {
        var worst = Worse(
            Worse(Streak(state, settings), Stale(state, settings)), Exposure(state.Portfolio, state, settings));
        return state.IsMarketVolatile
            ? Worse(worst, new Trip(RiskMode.Defensive, "regime", "the market is volatile", false))
            : worst;
    }

    private static Trip? Equity(PortfolioView seen) => seen.EquityUsd <= 0m
        ? new Trip(RiskMode.Halt, "equity", Words($"equity is {seen.EquityUsd} USD"), true)
        : null;

    private static Trip Audit(HeldFinding finding, GovernanceSettings settings) => new(
        RiskMode.Halt, "audit_" + finding.Code.ToLowerInvariant(), finding.Text, settings.Halts.IsLoss(finding));

    private static Trip? Mismatch(int adjustments, GovernanceSettings settings)
    {
        if (adjustments < settings.AdjustmentsDefensive) return null;
        var isHalt = adjustments >= settings.AdjustmentsHalt;
        return new Trip(
            isHalt ? RiskMode.Halt : RiskMode.Defensive, "position_mismatch",
            Words($"{adjustments} positions differed from the venue since UTC midnight"), isHalt);
    }

    private static Trip? Peak(double drawdown, GovernanceSettings settings)
    {
        if (drawdown < settings.PeakDrawdownDefensiveFraction) return null;
        var isHalt = drawdown >= settings.PeakDrawdownHaltFraction;
        return new Trip(
            isHalt ? RiskMode.Halt : RiskMode.Defensive, "drawdown",
            Words($"{drawdown:0.####} of equity below its peak"), isHalt);
    }

    // The limit is that of the policy that these very figures lead to, whether they came at once or one by one.
    private static Trip? Daily(double drawdown, RiskMode mode, GovernanceSettings settings)
    {
        var isDefensive = drawdown >= settings.DailyDrawdownDefensiveFraction;
        if (isDefensive && mode < RiskMode.Defensive) mode = RiskMode.Defensive;
        var limit = settings.Of(mode).DailyLossLimitFraction;
        if (drawdown >= limit)
            return new Trip(
                RiskMode.Halt, "daily_drawdown", Words($"{drawdown:0.####} lost today, limit {limit}"), false);
        return isDefensive
            ? new Trip(RiskMode.Defensive, "daily_drawdown", Words($"{drawdown:0.####} lost today"), false)
            : null;
    }

    private static Trip? Streak(GovernanceState state, GovernanceSettings settings)
    {
        var losses = state.LossStreak;
        var isHalt = losses >= settings.LossStreakHalt;
        if (!isHalt && losses - state.LossesEased < settings.LossStreakDefensive) return null;
        return new Trip(
            isHalt ? RiskMode.Halt : RiskMode.Defensive, "loss_streak", Words($"{losses} losing trades in a row"),
            false);
    }

    private static Trip? Stale(GovernanceState state, GovernanceSettings settings)
    {
        if (state.NowMs is not { } nowMs) return null;
        var marksMs = state.Portfolio.StaleMarksSinceMs is { } since ? nowMs - since : 0;
        var newsMs = state.Portfolio.SnapshotAtMs is { } at && state.StaleSinceMs is { } stale
            && nowMs - stale >= settings.StaleConfirmMs
                ? nowMs - at
                : 0;
        if (newsMs >= settings.StaleHaltMs)
            return new Trip(RiskMode.Halt, "portfolio_stale", Words($"no portfolio snapshot for {newsMs} ms"), false);
        if (newsMs >= settings.StaleDefensiveMs)
            return new Trip(
                RiskMode.Defensive, "portfolio_stale", Words($"no portfolio snapshot for {newsMs} ms"), false);
        return marksMs >= settings.StaleDefensiveMs
            ? new Trip(
                RiskMode.Defensive, "stale_marks", Words($"open positions without fresh marks for {marksMs} ms"), false)
            : null;
    }

    private static Trip? Exposure(PortfolioView seen, GovernanceState state, GovernanceSettings settings)
    {
        // Measured against the operator's mode: a trip narrows the limits, and what is open may take its time to leave.
        var limit = settings.Of(state.OperatorMode).MaxGrossExposureFraction * settings.ExposureToleranceFactor;
        if (seen.EquityUsd is not > 0m) return null;
        // As doubles: what is left of an equity may be so little that a decimal does not hold the share.
        var share = (double)seen.GrossExposureUsd / (double)seen.EquityUsd.Value;
        return share > limit
            ? new Trip(
                RiskMode.Defensive, "exposure",
                Words($"gross exposure is {share:0.###} of equity, tolerated {limit:0.###}"), false)
            : null;
    }

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
