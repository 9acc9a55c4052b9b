using Quantum.Roles.Executor.State;

namespace Quantum.Roles.Executor;

/// <summary>
/// What the executor takes for now. On a tape it is the latest tape time consumed, and entry ids, which carry the
/// clock of the machine, mean nothing. In real time only the runner's clock input starts it: times remembered from
/// before a restart, or read off a backlog, may be days old and would make days-old intents look fresh. Other inputs
/// then only nudge it forward, at most by the tolerance, so that one event with a bogus future time cannot make every
/// later intent stale.
/// </summary>
internal sealed class RoleClock(ExecutorSettings settings, StateCell<ExecutorClock> state)
{
    // Not saved on purpose: each start has to hear the clock anew.
    private long? _heardMs;

    /// <summary>UTC epoch ms; null when no trustworthy time was consumed yet.</summary>
    public long? NowMs => settings.IsTape || _heardMs is not null ? state.Value.LatestMs : null;

    /// <summary>False until the runner's clock was heard since the start.</summary>
    public bool WasHeard => _heardMs is not null;

    /// <summary>
    /// The runner's clock; true when it was set back by more than the tolerance. Then it counts as heard for the first
    /// time: held against a time that is still to come, every intent would be stale, exits too.
    /// </summary>
    public bool Hear(long atMs)
    {
        var isSetBack = !settings.IsTape && atMs < state.Value.LatestMs - settings.FutureToleranceMs;
        if (isSetBack) _heardMs = null;
        if (!settings.IsTape && _heardMs is null) state.Touch().LatestMs = atMs;
        _heardMs = Math.Max(_heardMs ?? atMs, atMs);
        Advance(atMs);
        return isSetBack;
    }

    /// <summary>The time of any other consumed event.</summary>
    public void Observe(long atMs)
    {
        if (settings.IsTape) Advance(atMs);
        else if (_heardMs is { } heard) Advance(Math.Min(atMs, heard + settings.FutureToleranceMs));
    }

    /// <summary>
    /// Now for acting on what is already ours; falls back to the event's own time before the first strike.
    /// </summary>
    public long NowOr(long atMs) => NowMs ?? atMs;

    /// <summary>
    /// Whether an intent may still be executed: its own time and, in real time, the id that Redis gave its entry are
    /// both judged, against our clock and against each other.
    /// </summary>
    public Reason? Judge(in TradeIntent intent, long atMs, EntryId position, out long deadlineMs)
    {
        deadlineMs = 0;
        if (intent.DeadlineMs is not { } deadline)
            return new Reason("no_deadline", "the intent has no readable time or deadline");
        if (settings.IsTape && (NowMs is not { } tape || atMs <= tape + settings.FutureToleranceMs)) Advance(atMs);
        deadlineMs = settings.IsTape ? deadline
            : Math.Min(deadline, Math.Min(atMs, position.Ms) + settings.MaxIntentAgeMs);
        if (!settings.IsTape && atMs > position.Ms + settings.FutureToleranceMs)
            return new Reason("future_time",
                $"its time {atMs} is {atMs - position.Ms} ms ahead of its stream entry {position.Ms}");
        if (NowMs is not { } heard) return new Reason("no_clock",
            "no clock input since the start, so its age is unknown");
        if (atMs > heard + settings.FutureToleranceMs)
            return new Reason("future_time", $"its time {atMs} is {atMs - heard} ms ahead of the clock {heard}");
        var now = settings.IsTape ? heard : Later(heard, position.Ms);
        return now > deadlineMs
            ? new Reason("stale",
                $"{now - atMs} ms old at {now}, {now - deadlineMs} ms past its deadline {deadlineMs}")
            : null;
    }

    // The id tells of time since the last strike; more than the tolerance ahead it is no witness.
    private long Later(long heardMs, long entryMs) =>
        Math.Max(heardMs, Math.Min(entryMs, heardMs + settings.FutureToleranceMs));

    private void Advance(long atMs)
    {
        if (state.Value.LatestMs is { } latest && latest >= atMs) return;
        state.Touch().LatestMs = atMs;
    }
}
