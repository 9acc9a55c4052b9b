using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Simulation.Seats;

/// <summary>
/// One process of a seat: the product's own runner over a role, driven step by step instead of by a thread.
/// </summary>
internal sealed class SimulatedProcess(
    string owner, SeatWork work, ILogSession session, RunnerSettings settings, LogKeys keys)
{
    private readonly LogLink[] _links = [.. work.Streams.SelectMany(stream => keys.LinksOf(session.Seat, stream))];
    private SeatServing? _serving;
    private SeatProgress? _progress;

    public string Owner => owner;

    public SeatWork Work => work;

    /// <summary>True while it holds the seat, as far as it knows.</summary>
    public bool IsServing => _serving is not null;

    /// <summary>What its last batch failed on; null once one was committed.</summary>
    public string? Fault => _progress?.Snapshot() is [{ Fault: var fault }, ..] ? fault : null;

    /// <summary>Asks for the seat and starts from what was committed; false while it is another's.</summary>
    public bool TryServe(string? gone)
    {
        if (!session.Acquire(owner, settings.LeaseTtl, gone).IsGranted) return false;
        var context = new BatchContext(settings, work, session.Seat, keys);
        _progress = new SeatProgress(session.Seat, _links, settings.Time);
        var serving = new SeatServing(session, work, _links, context, _progress, static () => true);
        serving.Load();
        _serving = serving;
        return true;
    }

    /// <summary>Handles a batch; false when there is nothing to do.</summary>
    public bool Step() => _serving!.Step();

    /// <summary>After anything that went wrong it asks for the seat anew.</summary>
    public void Lose() => _serving = null;
}
