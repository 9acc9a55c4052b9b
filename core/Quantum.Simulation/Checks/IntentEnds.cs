namespace Quantum.Simulation.Checks;

/// <summary>Every intent has exactly one end, within a bound.</summary>
internal sealed class IntentEnds(SimulatedWorld world) : Checker(world, "intent_ends")
{
    /// <summary>Beyond an intent's deadline, without anything that excuses it, ms.</summary>
    private const long BoundMs = 90_000;

    private readonly SortedDictionary<string, long> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    public override void OnIntent(in TradeIntent intent, in SeenEntry entry) =>
        _open[entry.EventId] = intent.DeadlineMs ?? entry.AtMs;

    // An operator's word about a position has its end like an intent; it lives as long as one that names no time.
    public override void OnWord(in ControlCommand word, in SeenEntry entry)
    {
        if (word.IsOfExecutor() && word.Command != ControlAction.Adopt)
            _open[entry.EventId] = entry.AtMs + World.System.Executor.MaxIntentAgeMs;
    }

    public override void OnResult(in ExecutionResult result, in SeenEntry entry)
    {
        if (result.Kind != ResultKind.Intent) return;
        var id = result.IntentId!;
        if (!_open.Remove(id))
            Fail(_ended.Contains(id)
                ? $"the intent {id} ended a second time, as {result.ReasonCode}"
                : $"{entry.EventId} ends the intent {id}, which nobody had");
        _ended.Add(id);
    }

    public override void OnStep(Quantum.Roles.Venue.SimVenueView venue)
    {
        foreach (var (id, deadlineMs) in _open)
            if (HasLasted(deadlineMs, BoundMs))
                Fail($"the intent {id} has no end {World.NowMs - deadlineMs} ms after its deadline");
    }
}
