using static Quantum.Contracts.Reasons.ReasonUse;
using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Reasons;

/// <summary>Why the policy in force is what it is.</summary>
internal static class PolicyReasons
{
    /// <summary>What stands before the code of a finding that halts trading.</summary>
    private const string Audit = "audit_";

    private static readonly ReasonUse s_policy = On(R.Governance, "policy.updated");

    public static IReadOnlyList<ReasonCode> All { get; } =
    [
        new("start", "it is the first policy", s_policy),
        new("kill_on", "an operator turned the kill switch on", s_policy),
        new("flatten", "an operator had every position closed and entries stopped", s_policy),
        new("kill_off", "an operator turned the kill switch off", s_policy),
        new("reset", "an operator lifted what had tripped", s_policy),
        new("set_mode", "an operator set the mode", s_policy),
        new("cooldown_over", "what had tripped is over and its cooldown passed", s_policy),
        new("equity", "there is no equity left", s_policy),
        new("position_mismatch", "positions differed from the venue's", s_policy),
        new("drawdown", "equity fell too far below its peak", s_policy),
        new("daily_drawdown", "too much was lost since UTC midnight", s_policy),
        new("loss_streak", "too many trades in a row lost", s_policy, On(R.ModelSupervisor, "model.retrain")),
        new("stale_marks", "open positions have no fresh marks", s_policy),
        new("exposure", "gross exposure grew beyond what is tolerated", s_policy),
        new("regime", "the market as a whole is volatile", s_policy),
        .. FindingCodes.All.Select(code => new ReasonCode(
            Audit + code.ToLowerInvariant(), $"the audit found {code} where it halts trading", s_policy)),
        new("not_in_policy", "policy does not act on this finding", Counted(R.Governance, "finding")),
        new("no_change", "it changes nothing that is in force", Counted(R.Governance, "control")),
        new("older_version", "a newer policy is in force", Counted(R.Executor, "policy")),
    ];
}
