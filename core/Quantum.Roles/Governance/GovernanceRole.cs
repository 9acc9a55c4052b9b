namespace Quantum.Roles.Governance;

/// <summary>
/// Says how much risk is allowed: one policy in force, whole and versioned, published at the start and on each change.
/// Trips make it stricter by themselves and step back one mode at a time after a cooldown; kill switch, flatten, mode
/// and reset are the operator's.
/// </summary>
public sealed class GovernanceRole : Role
{
    private readonly GovernanceSettings _settings;
    private readonly StateCell<GovernanceState> _state;

    public GovernanceRole(GovernanceSettings? settings = null)
    {
        _settings = (settings ?? new GovernanceSettings()).Checked();
        _state = State.Cell(GovernanceState.Key, () => new GovernanceState());
        On(StreamCatalog.GovernanceControl, OnControl);
        On(StreamCatalog.AuditFinding, OnFinding);
        On(StreamCatalog.TradeClosed, OnTrade);
        On(StreamCatalog.PortfolioSnapshot, OnSnapshot);
        On(StreamCatalog.PortfolioExposure, OnExposure);
        On(StreamCatalog.MetaRegime, OnRegime);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.Governance;

    private void OnControl(in ControlCommand command, in Input input, Outbox outbox)
    {
        if (command.IsOfFeed() || command.IsOfExecutor()) return;
        Start(input.AtMs, outbox);
        var state = _state.Touch();
        switch (command.Command)
        {
            case ControlAction.KillOn: state.KillSwitch = true; break;
            case ControlAction.KillOff: (state.KillSwitch, state.FlattenSinceMs) = (false, null); break;
            case ControlAction.SetMode: state.OperatorMode = command.RiskMode!.Value; break;
            case ControlAction.Reset: Reset(state); break;
            // What is closed must not be entered again: the kill switch goes with it.
            case ControlAction.Flatten:
                (state.KillSwitch, state.FlattenSinceMs) = (true, state.FlattenSinceMs ?? input.AtMs);
                break;
        }

        // Clearing what tripped may leave other causes: the policy follows from what holds after it.
        Govern(input.AtMs, outbox, CodeOf(command.Command), command.Reason, command.By);
    }

    private void OnFinding(in AuditFinding finding, in Input input, Outbox outbox)
    {
        var news = HeldFinding.Of(in finding);
        var known = _state.Value.Findings.FindIndex(news.IsSame);
        if (known < 0 && (finding.State == FindingState.Cleared || !_settings.Halts.Halts(news)))
        {
            outbox.Count("finding", "not_in_policy", finding.Code);
            return;
        }

        Start(input.AtMs, outbox);
        var findings = _state.Touch().Findings;
        if (finding.State == FindingState.Cleared) findings.RemoveAt(known);
        else if (known < 0) findings.Add(news);
        else findings[known] = news with { AcknowledgedCount = findings[known].AcknowledgedCount };
        Govern(input.AtMs, outbox);
    }

    private void OnTrade(in TradeClosed trade, in Input input, Outbox outbox)
    {
        Start(input.AtMs, outbox);
        // What was made to learn was not expected to gain: its loss is no sign that something broke.
        if (!trade.Exploration) CountResult(_state.Touch(), trade.PnlUsd, input.AtMs);
        Govern(input.AtMs, outbox);
    }

    private static void CountResult(GovernanceState state, decimal pnlUsd, long atMs)
    {
        if (pnlUsd < 0m)
        {
            state.LossStreak++;
            state.LastLossAtMs = atMs;
        }
        else
        {
            state.LossStreak = state.LossesEased = 0;
        }
    }

    private void OnSnapshot(in PortfolioSnapshot snapshot, in Input input, Outbox outbox)
    {
        Start(input.AtMs, outbox);
        var state = _state.Touch();
        if (input.AtMs < state.Portfolio.SnapshotAtMs) return;
        state.StaleSinceMs = null;
        state.Portfolio.Take(in snapshot, input.AtMs);
        state.Acknowledged.FallWith(state.Portfolio);
        Govern(input.AtMs, outbox);
    }

    private void OnExposure(in PortfolioExposure exposure, in Input input, Outbox outbox)
    {
        Start(input.AtMs, outbox);
        var seen = _state.Touch().Portfolio;
        (seen.GrossExposureUsd, seen.EquityUsd) = (exposure.TotalExposureUsd, exposure.TotalEquityUsd);
        Govern(input.AtMs, outbox);
    }

    private void OnRegime(in MetaRegime regime, in Input input, Outbox outbox)
    {
        Start(input.AtMs, outbox);
        if (regime.Symbol is not null) return;
        _state.Touch().IsMarketVolatile =
            regime.Regime == Regime.Volatile && regime.Confidence >= _settings.VolatileConfidence;
        Govern(input.AtMs, outbox);
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        Start(input.AtMs, outbox);
        var state = _state.Touch();
        if (SetBackClock.Is(input.AtMs, state.NowMs))
        {
            outbox.Count("clock", "set_back");
            state.SetBack(input.AtMs, _settings.CooldownMs);
        }

        var isStale = state.Portfolio.SnapshotAtMs is { } at && input.AtMs - at >= _settings.StaleDefensiveMs;
        state.StaleSinceMs = isStale ? state.StaleSinceMs ?? input.AtMs : null;
        Govern(input.AtMs, outbox);
    }

    // A portfolio that never speaks is as stale as one that stopped: its first word is due from the start.
    private void Start(long atMs, Outbox outbox)
    {
        if (_state.Value.PolicyVersion > 0) return;
        var state = _state.Touch();
        state.NowMs = atMs;
        state.Portfolio.SnapshotAtMs = atMs;
        Publish(outbox, "start", "the first policy", Name);
    }

    private void Govern(
        long atMs, Outbox outbox, string? code = null, string? reason = null, string? by = null)
    {
        var state = _state.Touch();
        var nowMs = state.NowMs = Math.Max(state.NowMs ?? atMs, atMs);
        var before = state.Trip;
        EaseStreak(state, nowMs.Value);
        FollowTrips(state, nowMs.Value);
        if (ModeOf(state) == state.PublishedMode && state.KillSwitch == state.PublishedKillSwitch
            && state.FlattenSinceMs == state.PublishedFlattenSinceMs)
        {
            if (code is not null) outbox.Count("control", "no_change", code);
            return;
        }

        if (by is not null) Publish(outbox, code!, reason!, by);
        else if (state.Trip is { } trip && trip != before) Publish(outbox, trip.ReasonCode, trip.Reason, Name);
        else Publish(outbox, "cooldown_over", "what tripped is over and its cooldown passed", Name);
    }

    // Where little or nothing trades no win can break a streak, so time does: a halting one ends, another counts on.
    private void EaseStreak(GovernanceState state, long nowMs)
    {
        if (state.LossStreak == 0 || nowMs - state.LastLossAtMs < _settings.CooldownMs) return;
        if (state.LossStreak >= _settings.LossStreakHalt) state.LossStreak = 0;
        state.LossesEased = state.LossStreak;
    }

    private void FollowTrips(GovernanceState state, long nowMs)
    {
        var worst = TripRules.Worst(state, _settings);
        if (worst is not null && (state.Trip is null || !TripRules.IsStricter(state.Trip, worst)))
        {
            state.Trip = worst;
            state.TripUntilMs = nowMs + _settings.CooldownMs;
            return;
        }

        if (state.Trip is not { NeedsReset: false } trip || nowMs < state.TripUntilMs) return;
        if (trip.Mode == RiskMode.Halt)
        {
            state.Trip = trip with { Mode = RiskMode.Defensive };
            state.TripUntilMs = nowMs + _settings.CooldownMs;
            return;
        }

        state.Trip = worst;
    }

    private static void Reset(GovernanceState state)
    {
        state.Trip = null;
        state.Findings =
            [.. state.Findings.Select(finding => finding with { AcknowledgedCount = finding.Count })];
        state.LossStreak = state.LossesEased = 0;
        state.Acknowledged = new Acknowledged
        {
            DailyDrawdownFraction = state.Portfolio.DailyDrawdownFraction,
            DrawdownFraction = state.Portfolio.DrawdownFraction,
            AdjustmentsToday = state.Portfolio.AdjustmentsToday,
        };
    }

    private void Publish(Outbox outbox, string code, string reason, string by)
    {
        var state = _state.Touch();
        var mode = ModeOf(state);
        var limits = _settings.Of(mode);
        outbox.Publish(StreamCatalog.PolicyUpdated, new PolicyUpdated
        {
            PolicyVersion = ++state.PolicyVersion,
            RiskMode = mode,
            PreviousMode = state.PublishedMode,
            KillSwitch = state.KillSwitch,
            FlattenSinceMs = state.FlattenSinceMs,
            MaxLeverage = limits.MaxLeverage,
            MaxGrossExposureFraction = limits.MaxGrossExposureFraction,
            MaxSymbolExposureFraction = limits.MaxSymbolExposureFraction,
            RiskPerTradeFraction = limits.RiskPerTradeFraction,
            DailyLossLimitFraction = limits.DailyLossLimitFraction,
            MaxPositions = mode == RiskMode.Halt ? 0 : limits.MaxPositions,
            MinConfidence = limits.MinConfidence,
            AllowedSymbols = new([.. _settings.Allowed]),
            ReasonCode = code,
            Reason = reason,
            UpdatedBy = by,
        });
        state.PublishedMode = mode;
        state.PublishedKillSwitch = state.KillSwitch;
        state.PublishedFlattenSinceMs = state.FlattenSinceMs;
    }

    private static RiskMode ModeOf(GovernanceState state) => state.Trip is { } trip
        ? (RiskMode)Math.Max((int)trip.Mode, (int)state.OperatorMode)
        : state.OperatorMode;

    private static string CodeOf(ControlAction action) => WireNames.Of(action);
}
