namespace Quantum.Contracts.Flow;

/// <summary>
/// Handles one event: reads and changes the role's own state, publishes into the outbox, and nothing else.
/// </summary>
public delegate void EventHandling<TEvent>(in TEvent payload, in Input input, Outbox outbox) where TEvent : struct;

/// <summary>Handles the clock: the runner calls it once a second, or at each step of a tape.</summary>
public delegate void ClockHandling(in Input input, Outbox outbox);

/// <summary>
/// A pure decision-maker. Its constructor is the table of its behaviour: one <see cref="On{TEvent}"/> per stream it
/// reads. No clock, chance, IO, threads or async: the same role runs live, on paper, in backtests and in fault
/// simulations.
/// </summary>
public abstract class Role
{
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>The role's name in the catalog.</summary>
    public abstract string Name { get; }

    /// <summary>Everything the role remembers; saved with each commit as the cells declare.</summary>
    public RoleState State { get; } = new();

    /// <summary>What it reads, in the order in which a tie is broken.</summary>
    public IReadOnlyList<Subscription> Subscriptions => _subscriptions;

    /// <summary>Not null when the role must act although nothing arrives: deadlines, time stops, staleness.</summary>
    public ClockHandling? ClockHandler { get; private set; }

    /// <summary>Reads a stream of the catalog.</summary>
    protected void On<TEvent>(EventStream<TEvent> stream, EventHandling<TEvent> handling) where TEvent : struct
    {
        if (_subscriptions.Exists(known => known.Stream == stream))
            throw new InvalidOperationException($"the role {Name} reads {stream} twice: one handler per stream.");
        _subscriptions.Add(new Subscription<TEvent>(stream, handling));
    }

    /// <summary>Asks for the clock.</summary>
    protected void OnClock(ClockHandling handling) => ClockHandler = handling;
}
