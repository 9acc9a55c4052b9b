using static Quantum.Contracts.Reasons.ReasonUse;
using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Reasons;

/// <summary>Why the AI signals or does not, and how models and sizing policies are learnt.</summary>
internal static class ModelReasons
{
    private static readonly ReasonUse s_decision = On(R.AiEngine, "ai.decision.made");
    private static readonly ReasonUse s_notAdopted = Counted(R.AiEngine, "signal_not_adopted");
    private static readonly ReasonUse s_gate = Counted(R.TradingBot, "signal_without_intent");
    private static readonly ReasonUse s_modelRefused = Counted(R.AiEngine, "model_refused");
    private static readonly ReasonUse s_job = On(R.ModelSupervisor, "model.retrain");
    private static readonly ReasonUse s_failed = On(R.Clm, "learning.retraining.failed");
    private static readonly ReasonUse s_retraining = Counted(R.ModelSupervisor, "retraining");

    public static IReadOnlyList<ReasonCode> All { get; } =
    [
        // Candles and signals.
        new("worth_its_cost", "its expected result after all costs, less the margin, is above zero", s_decision),
        new("model_not_in_force", "the model has not beaten the base rate on held-out data", s_decision, s_notAdopted,
            s_gate),
        new("result_below_margin", "its expected result after all costs, less the margin, is not above zero",
            s_notAdopted, s_gate),
        new("cost_above_risk_share", "the round trip costs more than its share of the risk", s_notAdopted, s_gate),
        new("result_unknown", "the signal does not say what it expects", s_notAdopted, s_gate),
        new("warming_up", "there are not enough candles since the last gap", s_decision),
        new("gap", "candles are missing", s_decision, Counted(R.MetaRegime, "regime")),
        new("stale_input", "the candle came too late", s_decision),
        new("no_model", "there is no model yet", s_decision),
        new("feature_mismatch", "the model was trained on other features", s_decision, s_modelRefused, s_job),
        new("other_interval", "candles of this length are not read", Counted(R.AiEngine, "candle_ignored"),
            Counted(R.Clm, "candle_ignored"), Counted(R.MetaRegime, "regime")),
        new("not_newer", "a candle as new was read before", Counted(R.AiEngine, "candle_ignored"),
            Counted(R.Clm, "candle_ignored"), Counted(R.MetaRegime, "regime")),
        new("older_than_last", "a newer quote of the venue is known", Counted(R.ExchangeNormalizer, "quote_ignored")),

        // Models.
        new("other_model", "it is no model of this role", s_modelRefused),
        new("invalid_artifact", "what was trained cannot be read", s_modelRefused, s_retraining,
            Counted(R.SizingPolicy, "policy_kept")),
        new("warm_up", "there is no model yet, and one is asked for", s_job),
        new("schedule", "the model in force is old", s_job),
        new("not_in_force", "the newest model has not beaten the base rate, and another try is due", s_job),
        new("drift", "signals come true less than they should", s_job),
        new("candles_behind", "the newest candles are old: a history is still read", s_failed),
        new("too_little_data", "there are too few samples to learn from", s_failed),
        new("unknown_model", "no such model is trained here", s_failed),
        new("answered_before", "the job was done before", Counted(R.Clm, "job_ignored")),
        new("started", "a retraining began", s_retraining),
        new("completed", "a retraining ended with a model", s_retraining),
        new("unanswered", "a job had no answer for too long", s_retraining),
        new("no_model_version", "the trade names no model", Counted(R.ModelSupervisor, "trade_not_credited")),

        // The sizing policy.
        new("trades", "enough trades ended since the last training", On(R.RlOptimizer, "rl_v3.training.started")),
        new("no_size", "no size is remembered for the trade", Counted(R.RlOptimizer, "trade_not_learnt")),
        new("no_r_multiple", "the trade had no stop to measure it by", Counted(R.RlOptimizer, "trade_not_learnt")),
        new("training_failed", "the training gave no policy", Counted(R.SizingPolicy, "policy_kept")),
    ];
}
