using Quantum.EventLog;

namespace Quantum.InProcess;

/// <summary>One role of a run, whichever way its inputs come to it.</summary>
internal abstract class RunRole : IDisposable
{
    public abstract string Name { get; }

    /// <summary>Inputs handled, clock readings included.</summary>
    public long Inputs { get; protected set; }

    public abstract IEnumerable<EventStream> Streams { get; }

    /// <summary>Why it did not act, and how often.</summary>
    public abstract IReadOnlyList<ReasonCount> Reasons { get; }

    /// <summary>Lets the clock strike though nothing arrives.</summary>
    public abstract void Strike(long atMs);

    /// <summary>Loses the process: a new role starts from what was saved with its inputs.</summary>
    public abstract void Restart();

    public virtual void Dispose()
    {
    }

    /// <summary>Why it cannot be restarted.</summary>
    protected InvalidOperationException NotSaved() =>
        new($"{Name} cannot be restarted: the run does not save state (SavesState).");

    /// <summary>What went wrong in it, with the input.</summary>
    protected InvalidOperationException Failed(string source, EntryId id, Exception error) =>
        new($"{Name} failed on {source} {id}: {error.Message}", error);
}
