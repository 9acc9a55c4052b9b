using Quantum.Backtest.Results;
using Quantum.InProcess;

namespace Quantum.Backtest.Running;

/// <summary>
/// Why nothing was entered, by who said so: the AI that kept a signal, the bot's gates, and what came of intents.
/// </summary>
internal sealed class RefusalBook
{
    // The counters under which a role tells of what it did not do.
    private static readonly (string Role, string Counter)[] s_counters =
        [(RoleNames.AiEngine, "signal_not_adopted"), (RoleNames.TradingBot, "signal_without_intent")];

    private readonly SortedDictionary<(string Reason, string Symbol), long> _intents = [];

    public void Take(in ExecutionResult result)
    {
        if (result.Kind != ResultKind.Intent || result.ReduceOnly || result.FilledQuantity > 0) return;
        if (result.Outcome is Outcome.Applied or Outcome.Filled or Outcome.PartiallyFilled) return;
        var key = (result.ReasonCode, result.Symbol.Name);
        _intents[key] = _intents.GetValueOrDefault(key) + 1;
    }

    public IReadOnlyList<Refusal> End(InProcessRun run) =>
    [
        .. from known in s_counters
           from reason in run.ReasonsOf(known.Role)
           where reason.Counter == known.Counter
           orderby reason.Reason, reason.Subject
           select new Refusal(known.Role, reason.Reason, SymbolOf(reason.Subject), reason.Times),
        .. _intents.Select(pair =>
            new Refusal(RoleNames.Executor, pair.Key.Reason, SymbolOf(pair.Key.Symbol), pair.Value)),
    ];

    private static Symbol? SymbolOf(string? text) =>
        text is not null && Symbol.TryParse(text, out var symbol) ? symbol : null;
}
