using System.Diagnostics;
using Quantum.Contracts.Units;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// One lease's work: load, pending entries first, then fetch, handle, commit until the seat is lost, given up or
/// stopped.
/// Anything that goes wrong leaves by an exception: the next lease or load starts from what was committed.
/// </summary>
internal sealed class SeatServing
{
    private readonly ILogSession _session;
    private readonly SeatWork _work;
    private readonly LogLink[] _links;
    private readonly BatchContext _context;
    private readonly SeatProgress _progress;
    private readonly SeatUpkeep _upkeep;
    private readonly SeatMeter _meter;
    private readonly Func<bool> _mayGoOn;
    private readonly IPipelinedSession? _pipelined;
    private readonly LinkRead[] _reads;
    private readonly LinkRead[] _plan;
    private readonly LinkRead[] _pendingRead = new LinkRead[1];
    private readonly EntryId[] _positions;
    private readonly EntryId[] _seen;
    private readonly EntryId[] _noted;
    private long _sequence;
    private int _sinceSnapshot;
    private int _pendingLink;
    private int _careful;
    private int _room;
    private bool _hasBatch;
    private bool _isUnderWay;
    private bool _commitIsUnderWay;
    private bool _rangInVain;

    public SeatServing(
        ILogSession session, SeatWork work, LogLink[] links, BatchContext context, SeatProgress progress,
        Func<bool> mayGoOn)
    {
        (_session, _work, _links, _context, _progress, _mayGoOn) = (session, work, links, context, progress, mayGoOn);
        _upkeep = new SeatUpkeep(session, work, links, context);
        _meter = new SeatMeter(work.Name, links);
        // A gateway renews its lease while it waits, which a pair under way forbids.
        _pipelined = work is RoleWork ? session as IPipelinedSession : null;
        _reads = new LinkRead[links.Length];
        _plan = new LinkRead[links.Length];
        _positions = new EntryId[links.Length];
        _seen = new EntryId[links.Length];
        _noted = new EntryId[links.Length];
        _room = context.Settings.BatchSize;
        context.Renew = _upkeep.TryRenew;
    }

    /// <summary>Runs until stopped or advised to move away; then everything handled is committed.</summary>
    public void Run()
    {
        Load();
        while (_mayGoOn())
        {
            try
            {
                Step();
            }
            catch (EntryFailedException failure)
            {
                EndUnderWay();
                _context.Failures.Record(failure.Link, failure.Id, failure.InnerException!);
                _progress.Fault(failure.Message);
                // What stood in the failed batch is tried one entry at a time, so that only the guilty one is put
                // aside.
                _careful = Math.Max(_careful, _context.Count);
                Load();
            }
        }

        EndUnderWay();
    }

    private void Load()
    {
        var saved = _session.Load();
        _sequence = saved.Sequence;
        _context.ClockMs = saved.ClockMs;
        _work.State?.Load(saved.State);
        for (var i = 0; i < _links.Length; i++)
        {
            var cursor = saved.Cursors.GetValueOrDefault(_links[i].StreamKey);
            var last = _session.EnsureGroup(_links[i], cursor);
            // A stream that ends before the cursor was deleted and made anew: nothing of it was read.
            if (last < cursor) cursor = EntryId.Zero;
            _positions[i] = _links[i].Kind == LinkKind.Group ? last : cursor;
            _seen[i] = _noted[i] = cursor;
        }

        _sinceSnapshot = 0;
        if (_work is RoleWork role && role.State.Saving == Contracts.Flow.StateSaving.Snapshot)
            _sinceSnapshot = JournalReplay.Run(_session, role, _links, saved.SnapshotSequence, _context);
        (_pendingLink, _hasBatch, _rangInVain, _isUnderWay, _commitIsUnderWay) = (0, false, false, false, false);
        _upkeep.Loaded(_seen);
    }

    private void Step()
    {
        if (_pendingLink < _links.Length)
        {
            StepPending();
            return;
        }

        if (!_hasBatch)
        {
            PlanReads();
            if (!_session.Fetch(_plan, _context.Batch)) throw Lost();
            Took(_context.Batch);
        }

        _hasBatch = false;
        _context.Reads = _reads;
        if (_context.Batch.Count > 0)
        {
            _rangInVain = false;
            HandleAndCommit(fetchNext: true);
        }
        else if (_isUnderWay)
        {
            if (EndUnderWay()) TakeNext();
        }
        else
        {
            Idle();
        }
    }

    /// <summary>
    /// History is read one entry at a time: reading raises an entry's delivery count, and a batch would raise the
    /// innocents'.
    /// </summary>
    private void StepPending()
    {
        var link = _links[_pendingLink];
        if (link.Kind == LinkKind.Cursor)
        {
            _pendingLink++;
            return;
        }

        _pendingRead[0] = new LinkRead(link, EntryId.Zero, 1, Pending: true);
        if (!_session.Fetch(_pendingRead, _context.Batch)) throw Lost();
        if (_context.Batch.Count == 0)
        {
            _pendingLink++;
            return;
        }

        _context.Reads = _pendingRead;
        HandleAndCommit(fetchNext: false);
    }

    private void HandleAndCommit(bool fetchNext)
    {
        var started = Stopwatch.GetTimestamp();
        _progress.Fetched(_context.Batch, _context.Reads);
        _context.Begin(_sequence + (_commitIsUnderWay ? 1 : 0));
        if (fetchNext) LookAhead();
        _context.FeedRealClock();
        _work.Handle(_context);
        _context.End();
        KeepCursorsForward();
        SaveState();
        var handled = Stopwatch.GetTimestamp();
        _context.Commit.BeganAt = handled;
        LearnRoom();
        _meter.Handled(_context, Stopwatch.GetElapsedTime(started, handled));
        CommitBatch(fetchNext && !_context.LeftPending);
    }

    private void CommitBatch(bool fetchNext)
    {
        if (_isUnderWay && fetchNext)
        {
            CommitAhead();
            return;
        }

        // What was read ahead is pending, and comes again behind what this batch left.
        if (!EndUnderWay()) return;
        if (!fetchNext)
        {
            if (_context.LeftPending) _pendingLink = 0;
            Finish(_session.Commit(_context.Commit), _context.Commit);
            return;
        }

        PlanReads();
        if (!Finish(_session.CommitAndFetch(_context.Commit, _plan, _context.Batch), _context.Commit)) return;
        Took(_context.Batch);
        _hasBatch = true;
    }

    /// <summary>
    /// A full batch means that more is waiting: the next one is asked for before this one is handled.
    /// </summary>
    private void LookAhead()
    {
        if (_pipelined is null || _isUnderWay || _careful > 0 || _context.Count < _room) return;
        PlanReads();
        _pipelined.Begin(null, _plan);
        (_isUnderWay, _commitIsUnderWay) = (true, false);
    }

    /// <summary>
    /// Takes the batch that came in meanwhile, and sends this commit with the fetch of the one after it.
    /// </summary>
    private void CommitAhead()
    {
        if (!EndUnderWay()) return;
        PlanReads();
        _pipelined!.Begin(_context.Commit, _plan);
        (_isUnderWay, _commitIsUnderWay) = (true, true);
        TakeNext();
    }

    /// <summary>
    /// Waits for what is under way; its batch is the context's next one. False when its commit was refused.
    /// </summary>
    private bool EndUnderWay()
    {
        if (!_isUnderWay) return true;
        var hadCommit = _commitIsUnderWay;
        (_isUnderWay, _commitIsUnderWay) = (false, false);
        var reply = _pipelined!.End(_context.NextBatch);
        if (!hadCommit && reply == CommitReply.Fenced) throw Lost();
        if (hadCommit && !Finish(reply, _context.PriorCommit)) return false;
        Took(_context.NextBatch);
        return true;
    }

    private void TakeNext()
    {
        _context.Swap();
        _hasBatch = true;
    }

    /// <summary>A fetched batch: the next read of each link begins behind it.</summary>
    private void Took(LogBatch batch)
    {
        _plan.CopyTo(_reads, 0);
        for (var i = 0; i < batch.Count; i++)
        {
            var link = batch[i].Read;
            if (batch[i].Id > _positions[link]) _positions[link] = batch[i].Id;
            if (batch[i].Id > _seen[link]) _seen[link] = batch[i].Id;
        }
    }

    /// <summary>False when the commit was refused and the state loaded again.</summary>
    private bool Finish(CommitReply reply, CommitBatch commit)
    {
        switch (reply)
        {
            case CommitReply.Fenced:
                throw Lost();
            case CommitReply.Stale:
                _progress.Fault($"{_session.Seat}: the saved state moved on without this owner; it was loaded again.");
                Load();
                return false;
            default:
                _sequence++;
                _upkeep.Renewed();
                _meter.Committed(commit);
                LogTrace.Tell(_session.Seat, commit);
                _progress.Committed(commit);
                _upkeep.AfterCommit(commit);
                return true;
        }
    }

    private void Idle()
    {
        if (_context.RealClockIsDue())
        {
            HandleAndCommit(fetchNext: true);
            return;
        }

        _upkeep.WhenIdle();
        if (_rangInVain) Resynchronise();
        for (var i = 0; i < _links.Length; i++) _reads[i] = new LinkRead(_links[i], _positions[i], 1);
        _rangInVain = _session.Wait(_reads, _upkeep.LongestWait());
    }

    /// <summary>
    /// The bell rang for entries that the group does not give: somebody else moved it. From the stream's end on is new;
    /// what came before that end is read by the fetch that follows.
    /// </summary>
    private void Resynchronise()
    {
        for (var i = 0; i < _links.Length; i++)
        {
            if (_links[i].Kind != LinkKind.Group) continue;
            var last = _session.EnsureGroup(_links[i], _positions[i]);
            if (last > _positions[i]) _positions[i] = last;
        }
    }

    /// <summary>An old entry, handled late or delivered anew, must not take the cursor back.</summary>
    private void KeepCursorsForward()
    {
        foreach (var part in _context.Commit.Links)
        {
            var link = Array.IndexOf(_links, part.Link);
            if (part.Cursor > _noted[link]) _noted[link] = part.Cursor;
            else part.Cursor = EntryId.Zero;
        }
    }

    private void SaveState()
    {
        if (_work.State is not { } state) return;
        var commit = _context.Commit;
        var isSnapshot = state.Saving == Contracts.Flow.StateSaving.Snapshot;
        commit.KeepsJournal = isSnapshot;
        if (!isSnapshot)
        {
            state.SaveTouched((field, value) => commit.State.Add(new StateWrite(field, value)));
            return;
        }

        _sinceSnapshot += _context.Inputs;
        if (_sinceSnapshot < state.SnapshotEvery) return;
        _sinceSnapshot = 0;
        commit.ReplacesState = true;
        state.SaveAll((field, value) => commit.State.Add(new StateWrite(field, value)));
    }

    private void PlanReads()
    {
        var settings = _context.Settings;
        for (var i = 0; i < _links.Length; i++)
        {
            var most = _links[i].Stream.IsTail ? settings.TailBatchSize : settings.BatchSize;
            _plan[i] = new LinkRead(_links[i], _seen[i], _careful > 0 ? 1 : Math.Clamp(_room, 1, most));
            if (_links[i].Stream.IsTail && _careful == 0 && _room >= settings.BatchSize)
                _plan[i] = _plan[i] with { Count = most };
        }
    }

    /// <summary>Bounds the bytes of the next fetch by the size of the entries just seen.</summary>
    private void LearnRoom()
    {
        var count = _context.Count;
        if (count == 0) return;
        _careful = Math.Max(0, _careful - count);
        var bytesEach = Math.Max(1, _context.Batch.ByteCount / count);
        _room = Math.Clamp(_context.Settings.MaxBatchBytes / bytesEach, 1, _context.Settings.BatchSize);
    }

    private SeatLostException Lost() => new($"the lease of {_session.Seat} is another's now");
}
