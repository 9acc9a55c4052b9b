using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Flow;

/// <summary>Handles one event: reads and changes the role's own state, publishes into the outbox, and nothing else.</summary>
public delegate void EventHandling<TEvent>(in TEvent payload, in Input input, Outbox outbox) where TEvent : struct;

/// <summary>Handles the clock: the runner calls it once a second, or at each step of a tape.</summary>
public delegate void ClockHandling(in Input input, Outbox outbox);

/// <summary>
/// A pure decision-maker. Its constructor is the table of its behaviour: one <see cref="On{TEvent}"/> per stream it reads.
/// No clock, chance, IO, threads or async: the same role runs live, on paper, in backtests and in fault simulations.
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
    protected void On<TEvent>(EventStream<TEvent> stream, EventHandling<TEvent> handling) where TEvent : struct =>
        _subscriptions.Add(new Subscription<TEvent>(stream, handling));

    /// <summary>Asks for the clock.</summary>
    protected void OnClock(ClockHandling handling) => ClockHandler = handling;
}

/// <summary>One stream that a role reads, and how an entry of it reaches the role.</summary>
public abstract class Subscription
{
    public abstract EventStream Stream { get; }

    /// <summary>Decodes the entry and lets the role handle it; false when it cannot be read, with the reason.</summary>
    public abstract bool TryHandle(in EntryFields fields, EntryId id, Outbox outbox, out DecodeFault fault);
}

/// <summary>A subscription of one event type.</summary>
public sealed class Subscription<TEvent>(EventStream<TEvent> stream, EventHandling<TEvent> handling) : Subscription
    where TEvent : struct
{
    public override EventStream Stream => stream;

    public override bool TryHandle(in EntryFields fields, EntryId id, Outbox outbox, out DecodeFault fault)
    {
        if (!stream.TryDecode(in fields, id, out var envelope, out var payload, out fault)) return false;
        var input = new Input(envelope, id);
        Handle(in payload, in input, outbox);
        return true;
    }

    /// <summary>Hands over an event that was never encoded: the in-process path of backtests.</summary>
    public void Handle(in TEvent payload, in Input input, Outbox outbox)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        outbox.Begin(in input);
        handling(in payload, in input, outbox);
    }
}
