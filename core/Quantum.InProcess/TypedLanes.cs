using System.Runtime.CompilerServices;

namespace Quantum.InProcess;

/// <summary>The lanes of a run whose events pass typed, made when first named.</summary>
internal sealed class TypedLanes(InProcessSettings settings, EventRound round, MemoryEventLog log, RunHash hash)
{
    private TypedLane?[] _lanes = [];

    public EventRound Round => round;

    public MemoryEventLog Log => log;

    public EventChain Chain { get; } = new();

    public TradingMode Mode => settings.Mode;

    /// <summary>Null where nothing is written.</summary>
    public RunHash? Hash { get; } = settings.WritesStreams ? hash : null;

    public int KeepEntries => settings.KeepEntries;

    /// <summary>The roles, in their order; set once, when they are made.</summary>
    public TypedRole[] Roles { get; set; } = [];

    /// <summary>Events on ordered streams so far.</summary>
    public long OrderedEvents { get; set; }

    /// <summary>A stream's lane.</summary>
    public TypedLane<TEvent> Of<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        var number = stream.Number;
        if (number >= _lanes.Length) Array.Resize(ref _lanes, number + 1);
        // A stream has one event type, and its lane was made of it.
        return Unsafe.As<TypedLane<TEvent>>(_lanes[number] ??= new TypedLane<TEvent>(this, stream));
    }

    /// <summary>Forgets the handlers of a role that is no more.</summary>
    public void Forget()
    {
        foreach (var lane in _lanes) lane?.Forget();
    }

    /// <summary>The lane that somebody publishes on, who must be one of its producers.</summary>
    public TypedLane<TEvent> For<TEvent>(EventStream<TEvent> stream, string producer) where TEvent : struct
    {
        var lane = Of(stream);
        if (ReferenceEquals(producer, lane.KnownProducer)) return lane;
        stream.CheckProducer(producer);
        lane.KnownProducer = producer;
        return lane;
    }
}
