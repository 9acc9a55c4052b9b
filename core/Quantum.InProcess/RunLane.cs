using Quantum.Contracts.Catalog;

namespace Quantum.InProcess;

/// <summary>One stream of a run: what its rounds hold, and who looks at it.</summary>
/// <param name="stream">The stream.</param>
/// <param name="isReadBy">Which roles read it, by their place.</param>
internal abstract class RunLane(EventStream stream, bool[] isReadBy)
{
    public EventStream Stream => stream;

    public bool[] IsReadBy => isReadBy;

    protected bool HasReaders { get; } = isReadBy.Contains(true);

    /// <summary>The next round becomes the one that is handled; what that one held is gone.</summary>
    public abstract void Turn();

    /// <summary>Shows an event of the round to who looks at the stream.</summary>
    public abstract void Observe(int index);

    /// <summary>Hands an event of the round to a role; false when it went to the dead letters.</summary>
    public abstract bool HandTo(int role, int index);
}
