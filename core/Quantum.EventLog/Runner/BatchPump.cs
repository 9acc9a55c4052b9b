using System.Diagnostics;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Brings a seat its batches and takes its commits, in order: pending entries first, then new ones, the next batch read
/// while one is handled and the commit before it is under way. Throws <see cref="SeatLostException"/> when the lease is
/// another's, <see cref="StateMovedException"/> when the saved state is ahead of this owner.
/// </summary>
internal sealed class BatchPump
{
    private const int Few = 4;

    /// <summary>
    /// While a tape's rounds are handed over, what an operator says beside them is looked for so often.
    /// </summary>
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(100);

    private readonly ILogSession _session;
    private readonly IPipelinedSession? _pipelined;
    private readonly IRoundSession? _rounds;
    private readonly ReadPlan _plan;
    private readonly Action<CommitBatch> _committed;
    private readonly LinkRead[] _bell;
    private readonly Turn _first;
    private readonly Turn _second;
    private Turn? _ready;
    private Turn? _behind;
    private int _pendingLink;
    private bool _commitIsUnderWay;
    private bool _rangInVain;
    private bool _mayHaveMore;
    private bool _isOutOfTurns;
    private long _fetchedAt;

    /// <param name="session">The seat at the log.</param>
    /// <param name="plan">What to read.</param>
    /// <param name="worksAhead">False for gateways, which renew their lease while they wait: a pair under way forbids
    /// it.</param>
    /// <param name="committed">Told of each commit that is done.</param>
    public BatchPump(ILogSession session, ReadPlan plan, bool worksAhead, Action<CommitBatch> committed)
    {
        (_session, _plan, _committed) = (session, plan, committed);
        _pipelined = worksAhead ? session as IPipelinedSession : null;
        // A gateway leaves entries pending, which only a fetch makes so.
        _rounds = worksAhead && plan.IsTape && session is IRoundSession { HearsRounds: true } rounds ? rounds : null;
        _bell = new LinkRead[plan.Links.Count];
        (_first, _second) = (new Turn(_bell.Length), new Turn(_bell.Length));
    }

    /// <summary>The number of the last commit that is done, from 0.</summary>
    public long Sequence { get; private set; }

    /// <summary>The number that the next batch's commit expects before it.</summary>
    public long ExpectedSequence => Sequence + (_commitIsUnderWay ? 1 : 0);

    /// <summary>Starts over behind a commit.</summary>
    public void Load(long sequence)
    {
        Sequence = sequence;
        (_ready, _behind, _pendingLink) = (null, null, 0);
        (_commitIsUnderWay, _rangInVain) = (false, false);
        (_mayHaveMore, _isOutOfTurns) = (true, false);
    }

    /// <summary>The next batch to handle; null when nothing is there.</summary>
    public Turn? Take()
    {
        if (TakePending() is { } pending) return pending;
        if (_ready is null && _behind is null && NeedsFetch) Fetch();
        while (true)
        {
            var turn = _ready;
            _ready = null;
            if (turn is { Batch.Count: > 0 })
            {
                _rangInVain = false;
                return turn;
            }

            if (_behind is null) return null;
            End();
        }
    }

    /// <summary>A turn without entries, for what only the clock wants.</summary>
    public Turn Empty()
    {
        _plan.Next(_first.ForReads(_plan.Links.Count));
        _first.Batch.Clear();
        return _first;
    }

    /// <summary>
    /// A full batch means that more is waiting: the next one is asked for before this one is handled.
    /// </summary>
    public void LookAhead(Turn turn)
    {
        if (_pipelined is null || _behind is not null || _ready is not null) return;
        if (_plan.IsCareful || turn.IsPending) return;
        // Of a round nothing is claimed before its commit: it would only come once more.
        if (turn.IsRound) return;
        if (turn.Batch.Count < _plan.Room) return;
        var next = ReferenceEquals(turn, _first) ? _second : _first;
        _plan.Next(next.ForReads(_plan.Links.Count));
        Begin(null, next);
    }

    /// <summary>Waits for what is under way, so that the session can be asked for something else.</summary>
    public void EndAhead()
    {
        if (_behind is not null) End();
    }

    /// <summary>Commits a batch that was handled, and reads on where more may be waiting.</summary>
    public void Commit(Turn turn)
    {
        if (_behind is not null)
        {
            // Takes the batch that came meanwhile; this commit goes with the read of the one after it.
            End();
            _plan.Next(turn.ForReads(_plan.Links.Count));
            Begin(turn.Commit, turn);
            return;
        }

        turn.Commit.BeganAt = Stopwatch.GetTimestamp();
        if (turn.LeftPending) _pendingLink = 0;
        if (turn.IsRound && !NeedsFetch)
        {
            CommitRound(turn);
            return;
        }

        // Behind a few entries, or a tape's round, there is mostly nothing yet; the doorbell asks for less.
        // What was read ahead comes first.
        if (_ready is not null || turn.IsPending || turn.LeftPending || turn.Batch.Count < Few || _plan.IsTape)
        {
            Finish(_session.Commit(turn.Commit), turn.Commit);
            return;
        }

        var reads = turn.ForReads(_plan.Links.Count);
        _plan.Next(reads);
        Finish(_session.CommitAndFetch(turn.Commit, reads, turn.Batch), turn.Commit);
        Took(turn);
    }

    /// <summary>
    /// Waits for the doorbell. What tail streams have comes with it; for the others, and on a tape, it says that a
    /// fetch will find something.
    /// </summary>
    public void Wait(TimeSpan longest)
    {
        if (_rounds is not null && !_isOutOfTurns)
        {
            WaitRound(longest);
            return;
        }

        if (_rangInVain) Resynchronise();
        _plan.Doorbell(_bell);
        _rangInVain = _session.Wait(_bell, longest, _first.Batch);
        if (_rangInVain) (_mayHaveMore, _isOutOfTurns) = (true, false);
        // A bell tells of one stream; on a tape the order over all of them counts, so all are fetched at once.
        if (_plan.IsTape) _first.Batch.Clear();
        if (_first.Batch.Count == 0) return;
        _bell.CopyTo(_first.ForReads(_bell.Length), 0);
        Took(_first);
    }

    /// <summary>
    /// Waits for what is under way, so that the state can be loaded or the seat given up; what was read is left
    /// pending.
    /// </summary>
    public void Settle()
    {
        try
        {
            if (_behind is not null) End();
        }
        catch (StateMovedException)
        {
            // It is loaded anew, or given up, in any case.
        }
    }

    /// <summary>
    /// History is read one entry at a time: reading raises an entry's delivery count, and a batch would raise the
    /// innocents'.
    /// </summary>
    private Turn? TakePending()
    {
        for (; _pendingLink < _plan.Links.Count; _pendingLink++)
        {
            var link = _plan.Links[_pendingLink];
            if (link.Kind == LinkKind.Cursor) continue;
            var reads = _first.ForReads(1);
            reads[0] = new LinkRead(link, default, 1, Pending: true);
            if (!_session.Fetch(reads, _first.Batch)) throw Lost();
            _first.IsPending = true;
            if (_first.Batch.Count > 0) return _first;
        }

        return null;
    }

    private bool NeedsFetch => _rounds is null || _mayHaveMore || _plan.IsCareful
        || Stopwatch.GetElapsedTime(_fetchedAt) >= s_lookEvery;

    // A round's last commit lets the next one come: it is waited for at once.
    private void CommitRound(Turn turn)
    {
        var reads = turn.ForReads(_plan.Links.Count);
        _plan.Next(reads);
        Finish(_rounds!.CommitAndWaitRound(turn.Commit, reads, s_lookEvery, turn.Batch, out var heard), turn.Commit);
        _isOutOfTurns = !heard;
        turn.IsRound = true;
        if (turn.Batch.Count > 0) Took(turn);
    }

    // Without one for a while, nobody takes turns: then the doorbell of the streams says when there is something.
    private void WaitRound(TimeSpan longest)
    {
        var reads = _first.ForReads(_plan.Links.Count);
        _plan.Next(reads);
        _isOutOfTurns = !_rounds!.WaitRound(reads, longest < s_lookEvery ? longest : s_lookEvery, _first.Batch);
        _first.IsRound = true;
        if (_first.Batch.Count > 0) Took(_first);
    }

    private void Fetch()
    {
        var reads = _first.ForReads(_plan.Links.Count);
        _plan.Next(reads);
        if (!_session.Fetch(reads, _first.Batch)) throw Lost();
        (_mayHaveMore, _fetchedAt) = (_first.Batch.Count > 0, Stopwatch.GetTimestamp());
        Took(_first);
    }

    private void Begin(CommitBatch? commit, Turn next)
    {
        if (commit is not null) commit.BeganAt = Stopwatch.GetTimestamp();
        _pipelined!.Begin(commit, next.Reads);
        (_behind, _commitIsUnderWay) = (next, commit is not null);
    }

    /// <summary>Waits for the pair that is under way; its batch is ready then.</summary>
    private void End()
    {
        var (turn, hadCommit) = (_behind!, _commitIsUnderWay);
        (_behind, _commitIsUnderWay) = (null, false);
        var reply = _pipelined!.End(turn.Batch);
        if (hadCommit) Finish(reply, turn.Commit);
        else if (reply == CommitReply.Fenced) throw Lost();
        Took(turn);
    }

    private void Took(Turn turn)
    {
        _plan.Took(turn.Batch);
        _ready = turn;
    }

    private void Finish(CommitReply reply, CommitBatch commit)
    {
        switch (reply)
        {
            case CommitReply.Fenced:
                throw Lost();
            case CommitReply.Stale:
                throw new StateMovedException(
                    $"{_session.Seat}: the saved state moved on without this owner; it was loaded again.");
            default:
                Sequence++;
                _committed(commit);
                return;
        }
    }

    /// <summary>
    /// The bell rang for entries that the group does not give: somebody removed it, or another reader took them. What a
    /// group that was moved passed over is put back by the read itself (docs/decisions/0033).
    /// </summary>
    private void Resynchronise()
    {
        for (var i = 0; i < _plan.Links.Count; i++)
        {
            if (_plan.Links[i].Kind != LinkKind.Group) continue;
            _plan.Hear(i, _session.EnsureGroup(_plan.Links[i], _plan.HeardOf(i)));
        }
    }

    private SeatLostException Lost() => new($"the lease of {_session.Seat} is another's now");
}
