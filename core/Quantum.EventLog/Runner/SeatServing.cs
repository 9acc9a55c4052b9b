using System.Diagnostics;
using Quantum.Contracts.Units;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// One lease's work: load, then take, handle, commit until the seat is lost, given up or stopped. Anything that goes
/// wrong leaves by an exception: the next lease or load starts from what was committed.
/// </summary>
internal sealed class SeatServing
{
    private readonly ILogSession _session;
    private readonly SeatWork _work;
    private readonly BatchContext _context;
    private readonly SeatProgress _progress;
    private readonly Func<bool> _mayGoOn;
    private readonly ReadPlan _plan;
    private readonly BatchPump _pump;
    private readonly SeatUpkeep _upkeep;
    private readonly SeatMeter _meter;
    private readonly Dictionary<string, HashSet<EntryId>> _handled = new(StringComparer.Ordinal);

    public SeatServing(
        ILogSession session, SeatWork work, LogLink[] links, BatchContext context, SeatProgress progress,
        Func<bool> mayGoOn)
    {
        (_session, _work, _context, _progress, _mayGoOn) = (session, work, context, progress, mayGoOn);
        _plan = new ReadPlan(links, context.Settings);
        _pump = new BatchPump(session, _plan, worksAhead: work is RoleWork, Committed);
        _upkeep = new SeatUpkeep(session, work, links, context);
        _meter = new SeatMeter(work.Name, links);
        context.Renew = _upkeep.TryRenew;
        context.WasHandled = (link, id) => Handled(link.StreamKey).Contains(id);
    }

    /// <summary>Runs until stopped or advised to move away; then everything handled is committed.</summary>
    public void Run()
    {
        Load();
        while (_mayGoOn()) Step();
        _pump.Settle();
    }

    /// <summary>Starts from what the last commit left; before the first step.</summary>
    public void Load()
    {
        var saved = _session.Load();
        _handled.Clear();
        _context.Clock.AtMs = saved.ClockMs;
        _work.Load(saved);
        for (var i = 0; i < _plan.Links.Count; i++)
        {
            var cursor = saved.Cursors.GetValueOrDefault(_plan.Links[i].StreamKey);
            _plan.Load(i, cursor, _session.EnsureGroup(_plan.Links[i], cursor));
        }

        _pump.Load(saved.Sequence);
        _upkeep.Loaded(_plan.Committed);
    }

    /// <summary>Handles one batch, or the clock; false when there was neither and it waited.</summary>
    public bool Step()
    {
        try
        {
            if (_pump.Take() is not { } turn) return Idle();
            Handle(turn);
        }
        catch (EntryFailedException failure)
        {
            _pump.Settle();
            _context.Failures.Record(failure.Link, failure.Id, failure.InnerException!);
            _plan.BeCareful(_context.Count);
            Reload(failure);
        }
        catch (StateMovedException moved)
        {
            Reload(moved);
        }

        return true;
    }

    private void Handle(Turn turn)
    {
        var started = Stopwatch.GetTimestamp();
        _progress.Fetched(turn);
        Judge(turn);
        _context.Begin(turn, _pump.ExpectedSequence);
        _pump.LookAhead(turn);
        _context.FeedRealClock();
        _work.Handle(_context);
        _context.End();
        _plan.KeepForward(turn);
        _work.Save(turn.Commit);
        _plan.Handled(turn.Batch, _context.Count);
        _meter.Handled(_context, Stopwatch.GetElapsedTime(started));
        var late = turn.IsOutOfLine ? turn.Batch[0].Id : EntryId.Zero;
        _pump.Commit(turn);
        if (late > EntryId.Zero) Handled(turn.LinkOf(0).StreamKey).Add(late);
    }

    private void Committed(CommitBatch commit)
    {
        _upkeep.Renewed();
        _meter.Committed(commit);
        LogTrace.Tell(_session.Seat, commit);
        _progress.Committed(commit);
        _upkeep.AfterCommit(commit);
    }

    // What another reader of the group left pending is no place that new entries are held against: what stands between,
    // it may have acknowledged, and the seat has not read it.
    private void Judge(Turn turn)
    {
        if (turn is { IsPending: true, Batch.Count: > 0 })
        {
            var (link, id) = (turn.LinkOf(0), turn.Batch[0].Id);
            var read = _plan.ReadOf(link);
            turn.IsOutOfLine = id > read
                && (read == EntryId.Zero || _session.HasBetween(link.StreamKey, read, id));
            turn.AsksJournal = turn.IsOutOfLine || id <= _plan.CommittedOf(link);
        }
        else
        {
            turn.AsksJournal = _plan.Doubts(turn.Batch);
        }

        if (turn.AsksJournal) _pump.EndAhead();
    }

    // The journal is long, and asked only where the cursor cannot tell.
    private HashSet<EntryId> Handled(string streamKey)
    {
        if (!_handled.TryGetValue(streamKey, out var ids))
            _handled[streamKey] = ids = [.. _session.Handled(streamKey)];
        return ids;
    }

    private bool Idle()
    {
        if (_context.RealClockIsDue())
        {
            Handle(_pump.Empty());
            return true;
        }

        _upkeep.WhenIdle();
        _pump.Wait(_upkeep.LongestWait());
        return false;
    }

    private void Reload(Exception reason)
    {
        _progress.Fault(reason.Message);
        Load();
    }
}
