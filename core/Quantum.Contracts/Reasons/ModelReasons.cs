using static Quantum.Contracts.Reasons.ReasonUse;
using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Reasons;

/// <summary>Why the AI signals or does not, and how models and sizing policies are learnt.</summary>
internal static class ModelReasons
{
    private static readonly ReasonUse s_decision = On(R.AiEngine, "ai.decision.made");
    private static readonly ReasonUse s_notAdopted = Counted(R.AiEngine, "signal_not_adopted");
    private static readonly ReasonUse s_modelRefused = Counted(R.AiEngine, "model_refused");
    private static readonly ReasonUse s_job = On(R.ModelSupervisor, "model.retrain");
    private static readonly ReasonUse s_failed = On(R.Clm, "learning.retraining.failed");
    private static readonly ReasonUse s_retraining = Counted(R.ModelSupervisor, "retraining");

    public static IReadOnlyList<ReasonCode> All { get; } =
    [
        // Candles and signals.
        new("above_threshold", "the signal is confident enough and its move pays", s_decision),
        new("warming_up", "there are not enough candles since the last gap", s_decision),
        new("gap", "candles are missing", s_decision, Counted(R.MetaRegime, "regime")),
        new("stale_input", "the candle came too late", s_decision),
        new("no_model", "there is no model yet", s_decision),
        new("feature_mismatch", "the model was trained on other features", s_decision, s_modelRefused, s_job),
        new("below_threshold", "the signal is not confident enough", s_notAdopted),
        new("move_below_cost", "the expected move does not pay the round trip", s_notAdopted),
        new("regime_uncertain", "the regime is uncertain", s_notAdopted),
        new("against_regime", "the signal goes against the regime", s_notAdopted),
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
        new("drift", "signals come true less than they should", s_job),
        new("too_little_data", "there are too few samples to learn from", s_failed),
        new("no_improvement", "the new model is no better than what it would replace", s_failed),
        new("diverged", "fitting came to no end", s_failed),
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
