using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;

namespace Quantum.Simulation.Tests.Mutations;

/// <summary>A session that does one thing wrong, whatever its role does.</summary>
internal abstract class TamperedSession(ILogSession inner, SimulatedWorld world) : ILogSession
{
    protected ILogSession Inner => inner;

    protected SimulatedWorld World => world;

    public RoleSeat Seat => inner.Seat;

    public LeaseReply Acquire(string owner, TimeSpan ttl, string? gone = null) => inner.Acquire(owner, ttl, gone);

    public bool Renew() => inner.Renew();

    public void Release() => inner.Release();

    public SavedRole Load() => inner.Load();

    public IReadOnlySet<EntryId> Handled(string streamKey) => inner.Handled(streamKey);

    public bool HasBetween(string streamKey, EntryId after, EntryId before) =>
        inner.HasBetween(streamKey, after, before);

    public EntryId EnsureGroup(LogLink link, EntryId start) => inner.EnsureGroup(link, start);

    public virtual bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target) => inner.Fetch(reads, target);

    public virtual CommitReply Commit(CommitBatch commit) => inner.Commit(commit);

    public CommitReply CommitAndFetch(CommitBatch commit, ReadOnlySpan<LinkRead> reads, LogBatch target) =>
        throw new NotSupportedException("the simulation commits and fetches apart.");

    public bool Wait(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target) =>
        inner.Wait(reads, timeout, target);

    public void Interrupt() => inner.Interrupt();

    public void Advance(LogLink link, EntryId position) => inner.Advance(link, position);

    public long Trim(string streamKey, EntryId keepFrom) => inner.Trim(streamKey, keepFrom);

    public long TrimTail(string streamKey, long maxLength) => inner.TrimTail(streamKey, maxLength);

    public void Dispose() => inner.Dispose();

    /// <summary>The same commit with other outputs: null leaves one out.</summary>
    protected static CommitBatch With(CommitBatch commit, Func<string, FieldBuffer, FieldBuffer?> change)
    {
        var other = new CommitBatch
        {
            ExpectedSequence = commit.ExpectedSequence, Journal = commit.Journal, ClockMs = commit.ClockMs,
        };
        other.Links.AddRange(commit.Links);
        other.State.AddRange(commit.State);
        other.Reasons.AddRange(commit.Reasons);
        for (var i = 0; i < commit.OutputCount; i++)
        {
            if (change(commit.OutputKey(i), commit.Output(i)) is not { } kept) continue;
            var target = other.AddOutput(commit.OutputKey(i));
            var fields = kept.Fields;
            for (var f = 0; f < fields.Count; f++) target.Add(fields.Name(f), fields.Value(f));
        }

        return other;
    }
}

/// <summary>Publishes before it commits, in a step of its own.</summary>
internal sealed class PublishesOutside(ILogSession inner, SimulatedWorld world) : TamperedSession(inner, world)
{
    public override CommitReply Commit(CommitBatch commit)
    {
        for (var i = 0; i < commit.OutputCount; i++) World.Log.Append(commit.OutputKey(i), commit.Output(i));
        return Inner.Commit(With(commit, static (_, _) => null));
    }
}

/// <summary>Acknowledges what it fetched before it is handled.</summary>
internal sealed class AcknowledgesFirst(ILogSession inner, SimulatedWorld world) : TamperedSession(inner, world)
{
    private long Sequence => World.Log.SeatOf(Seat).Sequence;

    public override bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        if (!Inner.Fetch(reads, target)) return false;
        if (target.Count == 0) return true;
        var early = new CommitBatch { ExpectedSequence = Sequence };
        for (var i = 0; i < target.Count; i++)
        {
            var part = early.For(reads[target[i].Read].Link);
            if (target[i].Id > part.Cursor) part.Cursor = target[i].Id;
            if (part.Link.Kind == LinkKind.Group) part.Acks.Add(target[i].Id);
        }

        Inner.Commit(early);
        return true;
    }

    public override CommitReply Commit(CommitBatch commit)
    {
        commit.ExpectedSequence = Sequence;
        return Inner.Commit(commit);
    }
}

/// <summary>Commits whoever holds the seat.</summary>
internal sealed class HasNoFence(ILogSession inner, SimulatedWorld world) : TamperedSession(inner, world)
{
    public override CommitReply Commit(CommitBatch commit)
    {
        var reply = Inner.Commit(commit);
        if (reply is CommitReply.Ok or CommitReply.Duplicate) return reply;
        var stored = World.Log.SeatOf(Seat);
        Inner.Acquire("nobody", TimeSpan.FromSeconds(10), stored.Owner);
        commit.ExpectedSequence = stored.Sequence;
        return Inner.Commit(commit);
    }
}

/// <summary>Changes, or leaves out, what the role commands.</summary>
internal sealed class ChangesOutputs(
    ILogSession inner, SimulatedWorld world, Func<string, FieldBuffer, FieldBuffer?> change)
    : TamperedSession(inner, world)
{
    public override CommitReply Commit(CommitBatch commit) => Inner.Commit(With(commit, change));
}

/// <summary>Does not let the executor see that an order has filled in part.</summary>
internal sealed class HidesPartialFills(ILogSession inner, SimulatedWorld world) : TamperedSession(inner, world)
{
    private readonly LogBatch _all = new();

    public override bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        if (!Inner.Fetch(reads, _all)) return false;
        target.Clear();
        for (var i = 0; i < _all.Count; i++)
        {
            var fields = _all.Fields(i);
            var isUpdate = reads[_all[i].Read].Link.Stream == StreamCatalog.OrderUpdate;
            if (isUpdate && fields.TryGet("status"u8, out var status) && status.SequenceEqual("partially_filled"u8))
                continue;
            target.Add(_all[i], in fields);
        }

        return true;
    }
}
