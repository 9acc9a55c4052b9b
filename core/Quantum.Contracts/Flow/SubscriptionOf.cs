namespace Quantum.Contracts.Flow;

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
