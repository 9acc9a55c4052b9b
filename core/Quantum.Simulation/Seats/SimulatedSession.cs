using Quantum.EventLog;

namespace Quantum.Simulation.Seats;

/// <summary>A session on which what was planned for its seat goes wrong. It never waits: the simulation does.</summary>
/// <param name="inner">The log's own.</param>
/// <param name="seat">What goes wrong; null: nothing.</param>
internal sealed class SimulatedSession(ILogSession inner, SimulatedSeat? seat) : ILogSession
{
    public RoleSeat Seat => inner.Seat;

    public LeaseReply Acquire(string owner, TimeSpan ttl, string? gone = null)
    {
        seat?.Reach();
        return inner.Acquire(owner, ttl, gone);
    }

    public bool Renew()
    {
        seat?.Reach();
        return inner.Renew();
    }

    public void Release() => inner.Release();

    public SavedRole Load()
    {
        seat?.Reach();
        return inner.Load();
    }

    public IReadOnlySet<EntryId> Handled(string streamKey)
    {
        seat?.Reach();
        return inner.Handled(streamKey);
    }

    public bool HasBetween(string streamKey, EntryId after, EntryId before)
    {
        seat?.Reach();
        return inner.HasBetween(streamKey, after, before);
    }

    public EntryId EnsureGroup(LogLink link, EntryId start)
    {
        seat?.Reach();
        return inner.EnsureGroup(link, start);
    }

    public bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        seat?.Reach();
        return inner.Fetch(reads, target);
    }

    public CommitReply Commit(CommitBatch commit)
    {
        seat?.Reach();
        seat?.BeforeCommit(commit);
        var reply = inner.Commit(commit);
        seat?.BehindCommit(commit);
        return reply;
    }

    public CommitReply CommitAndFetch(CommitBatch commit, ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        var reply = Commit(commit);
        target.Clear();
        if (reply is CommitReply.Ok or CommitReply.Duplicate) Fetch(reads, target);
        return reply;
    }

    public bool Wait(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target)
    {
        target.Clear();
        return false;
    }

    public void Interrupt()
    {
    }

    public void Advance(LogLink link, EntryId position) => inner.Advance(link, position);

    public long Trim(string streamKey, EntryId keepFrom) => inner.Trim(streamKey, keepFrom);

    public long TrimTail(string streamKey, long maxLength) => inner.TrimTail(streamKey, maxLength);

    public void Dispose() => inner.Dispose();
}
