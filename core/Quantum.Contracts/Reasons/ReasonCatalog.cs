using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Reasons;

/// <summary>
/// The one registry of reasons: every code that a role gives on a stream or counts, what it means and who gives it.
/// <c>docs/EVENT_FLOW.md</c>, <c>./quantum why</c> and the console read it; a guard compares it with the roles.
/// </summary>
public static class ReasonCatalog
{
    /// <summary>The field of a stream that holds a reason's code, by stream.</summary>
    private static readonly SortedDictionary<string, string> s_fields = new(StringComparer.Ordinal)
    {
        ["ai.decision.made"] = "reason_code",
        ["trade.intent"] = "reason",
        ["execution.result"] = "reason_code",
        ["order.update"] = "reason_code",
        ["trade.closed"] = "reason",
        ["policy.updated"] = "reason_code",
        ["model.retrain"] = "reason",
        ["learning.retraining.started"] = "trigger_reason",
        ["learning.retraining.failed"] = "reason_code",
        ["rl_v3.training.started"] = "trigger",
    };

    /// <summary>Counters that count the codes of a stream, their own beside them.</summary>
    private static readonly (string Role, string Counter, string Stream)[] s_countsOf =
    [
        (R.AiEngine, "candle_without_signal", "ai.decision.made"),
        (R.TradingBot, "intent_without_fill", "execution.result"),
        (R.Executor, "intent", "execution.result"),
        (R.Executor, "account", "execution.result"),
        (R.ExitBrain, "exit", "execution.result"),
        (R.ExitBrain, "move_stop", "execution.result"),
        (R.Clm, "retraining_failed", "learning.retraining.failed"),
        (R.ModelSupervisor, "retraining_failed", "learning.retraining.failed"),
    ];

    /// <summary>Streams whose events may bear another stream's codes: an end tells how an order or exit went.</summary>
    private static readonly (string Stream, string From)[] s_handsOn =
    [
        ("execution.result", "order.update"), ("trade.closed", "trade.intent"),
        ("learning.retraining.started", "model.retrain"),
    ];

    /// <summary>Every reason, each code once.</summary>
    public static IReadOnlyList<ReasonCode> All { get; } =
        [.. TradingReasons.All, .. ExchangeReasons.All, .. EntryReasons.All, .. PolicyReasons.All, .. ModelReasons.All];

    /// <summary>Every counter that a role counts reasons under.</summary>
    public static IEnumerable<(string Role, string Counter)> Counters =>
        s_countsOf.Select(row => (row.Role, row.Counter))
            .Concat(All.SelectMany(reason => reason.Uses).Where(use => use.Counter is not null)
                .Select(use => (use.Role, use.Counter!)))
            .Distinct();

    /// <summary>The wire name of the field that holds a stream's reason; null where it has none.</summary>
    public static string? FieldOf(EventStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return s_fields.GetValueOrDefault(stream.Name);
    }

    /// <summary>The reason of a code; null when it is not registered.</summary>
    public static ReasonCode? Find(string code) => All.FirstOrDefault(reason => reason.Covers(code));

    /// <summary>What a code means, for people; empty when it is not registered.</summary>
    public static string MeaningOf(string code) => Find(code)?.Meaning ?? "";

    /// <summary>The reasons that a role's counter may count.</summary>
    public static IEnumerable<ReasonCode> CountedBy(string role, string counter) =>
        All.Where(reason => reason.Uses.Any(use => use.Role == role && use.Counter == counter))
            .Concat(CountsOf(role, counter).SelectMany(GivenOn)).Distinct();

    /// <summary>The streams whose codes a counter counts.</summary>
    public static IEnumerable<string> CountsOf(string role, string counter) =>
        s_countsOf.Where(row => row.Role == role && row.Counter == counter).Select(row => row.Stream);

    /// <summary>The reasons that may stand on a stream, those handed on from another one included.</summary>
    public static IEnumerable<ReasonCode> GivenOn(string stream) => All.Where(reason => reason.Uses.Any(use =>
        use.Stream is not null
        && (use.Stream == stream || s_handsOn.Any(row => row.Stream == stream && row.From == use.Stream))));

    /// <summary>What is wrong with a registry, one sentence each that names the code and the mend.</summary>
    public static IEnumerable<string> Findings(IReadOnlyList<ReasonCode> reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        foreach (var twice in reasons.GroupBy(reason => reason.Code).Where(group => group.Count() > 1))
            yield return $"the reason '{twice.Key}' is registered twice: one code, one meaning.";
        foreach (var same in reasons.GroupBy(reason => reason.Meaning).Where(group => group.Count() > 1))
            yield return $"{string.Join(" and ", same.Select(reason => $"'{reason.Code}'"))} mean the same: give one "
                + "code for one meaning.";
        foreach (var reason in reasons)
        {
            if (reason.Uses.Count == 0) yield return $"nobody gives the reason '{reason.Code}': remove it.";
            foreach (var use in reason.Uses)
            {
                if (!StreamCatalog.ReadBy(use.Role).Any())
                    yield return $"'{reason.Code}' is given by '{use.Role}', which reads no stream of the catalog.";
                if (use.Stream is { } stream && !s_fields.ContainsKey(stream))
                    yield return $"'{reason.Code}' stands on {stream}: name the field of its reasons in s_fields.";
                if (use.Stream is { } written && StreamCatalog.Find(written)?.Producers.Contains(use.Role) != true)
                    yield return $"'{reason.Code}' is given on {written} by '{use.Role}', which does not write there.";
            }
        }
    }
}
