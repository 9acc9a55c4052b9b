using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Learning;

/// <summary>
/// Watches over the model in force and asks for the next one: when there is none, when it is old, when its signals come
/// true less than they should, when it keeps losing. One job at a time; after a failure it waits.
/// </summary>
public sealed class ModelSupervisorRole : Role
{
    private const int MostDoublings = 4;
    private readonly SupervisorSettings _settings;
    private readonly StateCell<SupervisorState> _state;
    private readonly StateCell<PolicyTrainings> _policy;
    private readonly StateMap<ModelRecord> _versions;
    private readonly StateMap<SignalScores> _open;
    private readonly StateMap<HourScore> _hours;

    public ModelSupervisorRole(SupervisorSettings? settings = null)
    {
        _settings = (settings ?? new SupervisorSettings()).Checked();
        _state = State.Cell("supervisor", static () => new SupervisorState());
        _policy = State.Cell("policy", static () => new PolicyTrainings());
        _versions = State.Map(ModelRecord.Key, static _ => new ModelRecord());
        _open = State.Map("open", static _ => new SignalScores());
        _hours = State.Map("hours", static _ => new HourScore());

        On(StreamCatalog.RetrainingStarted, OnRetraining);
        On(StreamCatalog.RetrainingCompleted, OnModel);
        On(StreamCatalog.RetrainingFailed, OnFailure);
        On(StreamCatalog.TrainingStarted, OnPolicyTraining);
        On(StreamCatalog.TrainingCompleted, OnPolicyTrained);
        On(StreamCatalog.SignalGenerated, OnSignal);
        On(StreamCatalog.DecisionMade, OnDecision);
        On(StreamCatalog.TradeClosed, OnTrade);
        OnClock(OnClockStrike);
    }

    public override string Name => RoleNames.ModelSupervisor;

    /// <summary>What became of each version, by version.</summary>
    internal IEnumerable<KeyValuePair<string, ModelRecord>> Versions => _versions.All;

    private void OnRetraining(in RetrainingStarted started, in Input input, Outbox outbox) =>
        outbox.Count("retraining", "started");

    private void OnPolicyTraining(in TrainingStarted started, in Input input, Outbox outbox) =>
        _policy.Touch().Started++;

    private void OnModel(in RetrainingCompleted trained, in Input input, Outbox outbox)
    {
        if (trained.ModelName != OutcomeModel.ModelName) return;
        var state = _state.Touch();
        if (OutcomeModel.FromArtifact(trained.Artifact, out _) is not { } model)
        {
            outbox.Count("retraining", "invalid_artifact");
            if (state.Job?.JobId == trained.JobId) Wait(state, input.AtMs, isCounted: true);
            return;
        }

        outbox.Count("retraining", "completed");
        if (state.Job?.JobId == trained.JobId) state.Job = null;
        state.Failures = 0;
        state.MissingModel = null;
        state.ModelVersion = trained.ModelVersion;
        state.ModelSinceMs = input.AtMs;
        state.IsInForce = trained.InForce;
        state.ModelBrier = model.Metrics.Brier;
        foreach (var hour in _hours.All.Select(h => h.Key).ToArray()) _hours.Remove(hour);
    }

    private void OnFailure(in RetrainingFailed failed, in Input input, Outbox outbox)
    {
        outbox.Count("retraining_failed", failed.ReasonCode);
        if (_state.Value.Job?.JobId != failed.JobId) return;
        // Data come by themselves: a history that is read is soon there, more of a market comes steadily.
        if (failed.ReasonCode == "candles_behind") _state.Touch().Job = null;
        else Wait(_state.Touch(), input.AtMs, isCounted: failed.ReasonCode != "too_little_data");
    }

    private void OnPolicyTrained(in TrainingCompleted trained, in Input input, Outbox outbox)
    {
        var policy = _policy.Touch();
        if (trained.Success)
        {
            policy.Succeeded++;
            policy.Version = trained.PolicyVersion;
            return;
        }

        policy.Failed++;
        policy.LastError = trained.Error;
    }

    private void OnSignal(in SignalGenerated signal, in Input input, Outbox outbox)
    {
        _versions.Touch(signal.ModelVersion).Signals++;
        if (_open.Touch(signal.Symbol.Name).Add(in signal, _settings.HorizonMs) is not { } scored) return;
        if (scored.Version != _state.Value.ModelVersion) return;
        var hour = _hours.Touch(HourKey(signal.CandleCloseTimeMs));
        hour.Signals++;
        hour.BrierSum += scored.Brier;
        if (scored.IsHit) hour.Hits++;
    }

    private void OnDecision(in DecisionMade decision, in Input input, Outbox outbox)
    {
        if (decision.Action == DecisionAction.Enter)
        {
            if (decision.ModelVersion is { } version) _versions.Touch(version).Adopted++;
            return;
        }

        if (decision.ReasonCode is not ("no_model" or "feature_mismatch")) return;
        var state = _state.Value;
        // A model needs a moment to be taken up: what was decided before that is no complaint about it.
        var isOld = state.ModelVersion is not null && input.AtMs < state.ModelSinceMs + 2 * _settings.LookEveryMs;
        if (!isOld && state.MissingModel != decision.ReasonCode) _state.Touch().MissingModel = decision.ReasonCode;
    }

    private void OnTrade(in TradeClosed trade, in Input input, Outbox outbox)
    {
        if (trade.ModelVersion is not { } version)
        {
            outbox.Count("trade_not_credited", "no_model_version", trade.Symbol.Name);
            return;
        }

        var record = _versions.Touch(version);
        record.Trades++;
        record.PnlUsd += trade.PnlUsd;
        if (trade.PnlUsd > 0) record.Wins++;
        // What was entered to learn was not expected to gain.
        if (!trade.Exploration) record.LossesInARow = trade.PnlUsd > 0 ? 0 : record.LossesInARow + 1;
        if (trade.RMultiple is not { } r) return;
        record.SumR += r;
        record.TradesWithR++;
    }

    private void OnClockStrike(in Input input, Outbox outbox)
    {
        if (input.AtMs - _state.Value.LookedAtMs < _settings.LookEveryMs) return;
        var state = _state.Touch();
        var isFirst = state.LookedAtMs == 0;
        state.LookedAtMs = input.AtMs;
        // A market's history is read before the first model is learnt from it.
        if (isFirst) return;
        ForgetOldHours(input.AtMs);
        if (state.Job is { } job && input.AtMs - job.AskedAtMs >= _settings.JobTimeoutMs)
        {
            outbox.Count("retraining", "unanswered");
            Wait(state, input.AtMs, isCounted: true);
        }

        if (state.Job is not null || input.AtMs < state.NotBeforeMs) return;
        if (ReasonNow(state, input.AtMs) is { } reason) Ask(state, reason, input.AtMs, outbox);
    }

    private string? ReasonNow(SupervisorState state, long nowMs)
    {
        if (state.MissingModel is { } missing) return missing == "no_model" ? "warm_up" : missing;
        if (state.ModelVersion is not { } version) return null;
        var dueMs = state.IsInForce ? _settings.ScheduleMs : Math.Min(_settings.RetryMs, _settings.ScheduleMs);
        if (nowMs - state.ModelSinceMs >= dueMs) return state.IsInForce ? "schedule" : "not_in_force";
        if (!state.IsInForce) return null;
        if (state.ComplainedAtMs is { } last && nowMs - last < _settings.ComplaintPauseMs) return null;
        if (_versions.Find(version)?.LossesInARow >= _settings.LossStreak) return "loss_streak";
        return HasDrifted(state.ModelBrier) ? "drift" : null;
    }

    private static void Ask(SupervisorState state, string reason, long nowMs, Outbox outbox)
    {
        if (reason is "drift" or "loss_streak") state.ComplainedAtMs = nowMs;
        var jobId = string.Create(CultureInfo.InvariantCulture, $"retrain-{nowMs}-{++state.Jobs}");
        state.Job = new RetrainingJob(jobId, reason, nowMs);
        outbox.Publish(StreamCatalog.ModelRetrain, new ModelRetrain
        {
            JobId = jobId, ModelName = OutcomeModel.ModelName, ModelVersion = state.ModelVersion, Reason = reason,
        });
    }

    private void Wait(SupervisorState state, long nowMs, bool isCounted)
    {
        state.Job = null;
        var doublings = isCounted ? Math.Min(state.Failures++, MostDoublings) : 0;
        state.NotBeforeMs = nowMs + (_settings.BackOffMs << doublings);
    }

    private bool HasDrifted(double brier)
    {
        int signals = 0;
        var sum = 0.0;
        foreach (var (_, hour) in _hours.All)
        {
            signals += hour.Signals;
            sum += hour.BrierSum;
        }

        return signals >= _settings.DriftLeastSignals && sum / signals > brier + _settings.DriftBrier;
    }

    private void ForgetOldHours(long nowMs)
    {
        var oldest = HourKey(nowMs - _settings.DriftHours * 3_600_000L);
        foreach (var hour in _hours.All.Select(h => h.Key).ToArray())
            if (string.CompareOrdinal(hour, oldest) < 0) _hours.Remove(hour);
    }

    private static string HourKey(long atMs) => (atMs / 3_600_000).ToString("D9", CultureInfo.InvariantCulture);
}
