using Quantum.Contracts.Catalog;

namespace Quantum.EventLog.Runner;

/// <summary>What a seat does with its batches: a role's pure handling, or a gateway's calls. One thread.</summary>
internal abstract class SeatWork
{
    public abstract string Name { get; }

    /// <summary>The streams read, in the order that breaks ties.</summary>
    public abstract IReadOnlyList<EventStream> Streams { get; }

    public abstract bool HasClock { get; }

    /// <summary>Takes what the last commit left; gateways have no state.</summary>
    public virtual void Load(SavedRole saved)
    {
    }

    /// <summary>Adds the state that was touched to the commit.</summary>
    public virtual void Save(CommitBatch commit)
    {
    }

    /// <summary>
    /// Handles the batch in its order. Throws <see cref="EntryFailedException"/> when nothing of it may be committed.
    /// </summary>
    public abstract void Handle(BatchContext context);

    /// <summary>Handles a clock reading; its outputs go into the context's commit.</summary>
    public abstract void Clock(BatchContext context, long atMs);
}

/// <summary>
/// A handler threw on an entry: state is dropped, loaded again, and the entry retried or dead-lettered.
/// </summary>
internal sealed class EntryFailedException(LogLink? link, Quantum.Contracts.Units.EntryId id, Exception cause)
    : Exception($"handling {link?.StreamKey ?? "the clock"} {id} failed: {cause.Message}", cause)
{
    public LogLink? Link { get; } = link;

    public Quantum.Contracts.Units.EntryId Id { get; } = id;
}

/// <summary>The saved state is ahead of this owner's: it must load again.</summary>
internal sealed class StateMovedException(string message) : Exception(message);

/// <summary>The lease belongs to another owner now.</summary>
internal sealed class SeatLostException(string message) : Exception(message);
