using Quantum.Roles.Venue;

namespace Quantum.Simulation.Checks;

/// <summary>
/// Looks from outside, at what stands on the streams and what the venue has, and says what must not be.
/// </summary>
/// <param name="world">What it looks at.</param>
/// <param name="name">What a failure is told by.</param>
internal abstract class Checker(SimulatedWorld world, string name)
{
    private readonly Dictionary<string, long> _wrongSinceMs = new(StringComparer.Ordinal);

    protected SimulatedWorld World => world;

    public virtual void OnIntent(in TradeIntent intent, in SeenEntry entry)
    {
    }

    /// <summary>An operator said something.</summary>
    public virtual void OnWord(in ControlCommand word, in SeenEntry entry)
    {
    }

    public virtual void OnResult(in ExecutionResult result, in SeenEntry entry)
    {
    }

    public virtual void OnCommand(in OrderCommand command, in SeenEntry entry)
    {
    }

    public virtual void OnPolicy(in PolicyUpdated policy, in SeenEntry entry)
    {
    }

    public virtual void OnSizing(in SizingRequested request, in SeenEntry entry)
    {
    }

    public virtual void OnSnapshot(in PortfolioSnapshot snapshot, in SeenEntry entry)
    {
    }

    public virtual void OnExposure(in PortfolioExposure exposure, in SeenEntry entry)
    {
    }

    /// <summary>A request leaves for the venue.</summary>
    public virtual void OnLeaving(in OrderCommand order)
    {
    }

    /// <summary>The venue got an order, and this is what it made of it.</summary>
    public virtual void OnArrival(in OrderCommand order, in OrderUpdate answer)
    {
    }

    /// <summary>A step is over, and everybody has done what there was to do.</summary>
    public virtual void OnStep(SimVenueView venue)
    {
    }

    protected void Fail(string text) => world.Witness.Fail(name, text);

    /// <summary>
    /// For how long something has been wrong, ms; null while it is not, or within the limit, or excused.
    /// </summary>
    protected long? WrongFor(string what, bool isWrong, long limitMs)
    {
        if (!isWrong) _wrongSinceMs.Remove(what);
        else if (!_wrongSinceMs.TryGetValue(what, out var sinceMs)) _wrongSinceMs[what] = world.NowMs;
        else if (HasLasted(sinceMs, limitMs)) return world.NowMs - sinceMs;
        return null;
    }

    /// <summary>It may be wrong up to now.</summary>
    protected void Excuse(string what) => _wrongSinceMs.Remove(what);

    /// <summary>True when something has lasted for too long, ms, without anything that excuses it.</summary>
    protected bool HasLasted(long sinceMs, long limitMs) =>
        world.NowMs - Math.Max(sinceMs, world.HinderedUntilMs) > limitMs;
}
