using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
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

/// <summary>Commits all but the role's state.</summary>
internal sealed class SavesNothing(ILogSession inner, SimulatedWorld world) : TamperedSession(inner, world)
{
    public override CommitReply Commit(CommitBatch commit)
    {
        var bare = With(commit, static (_, fields) => fields);
        bare.State.Clear();
        return Inner.Commit(bare);
    }
}

/// <summary>Commands each exit of an intent a second time, under another id.</summary>
internal sealed class ExitsTwice(ILogSession inner, SimulatedWorld world) : TamperedSession(inner, world)
{
    public override CommitReply Commit(CommitBatch commit)
    {
        var more = With(commit, static (_, fields) => fields);
        for (var i = 0; i < commit.OutputCount; i++)
        {
            var entry = commit.Output(i).Fields;
            if (commit.OutputKey(i) != StreamCatalog.OrderCommand.Key
                || !StreamCatalog.OrderCommand.TryDecode(in entry, EntryId.Zero, out var envelope, out var order, out _)
                || order is not { Action: OrderAction.Place, Purpose: OrderPurpose.Exit }) continue;
            var again = new Envelope
            {
                EventId = [.. envelope.EventId, .. "0"u8], AtMs = envelope.AtMs, Source = envelope.Source,
                Mode = envelope.Mode, Version = envelope.Version, CorrelationId = envelope.CorrelationId,
                CausationId = envelope.CausationId,
            };
            var other = order with { ClientOrderId = "q1" + string.Concat(order.ClientOrderId[2..].Reverse()) };
            StreamCatalog.OrderCommand.Encode(in again, in other, more.AddOutput(commit.OutputKey(i)));
        }

        return Inner.Commit(more);
    }
}
