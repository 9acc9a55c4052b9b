namespace Quantum.InProcess;

/// <summary>One stream of a run: what its rounds hold, and who looks at it.</summary>
/// <param name="isReadBy">Which roles read it, by their place.</param>
internal abstract class RunLane(EventStream stream, bool[] isReadBy)
{
    /// <summary>Each role has a bit.</summary>
    public const int MostRoles = 64;

    public EventStream Stream => stream;

    /// <summary>The roles that read it, the first one the lowest bit.</summary>
    public ulong Readers { get; } = BitsOf(isReadBy);

    /// <summary>True when somebody looks at the stream.</summary>
    public bool IsObserved { get; protected set; }

    protected bool HasReaders => Readers != 0;

    /// <summary>The next round becomes the one that is handled; what that one held is gone.</summary>
    public abstract void Turn();

    /// <summary>Shows an event of the round to who looks at the stream.</summary>
    public abstract void Observe(int index);

    /// <summary>Hands an event of the round to a role; false when it went to the dead letters.</summary>
    public abstract bool HandTo(int role, int index);

    private static ulong BitsOf(bool[] isReadBy)
    {
        var bits = 0UL;
        for (var role = 0; role < isReadBy.Length; role++)
            if (isReadBy[role]) bits |= 1UL << role;
        return bits;
    }
}
