namespace Quantum.Contracts.Flow;

/// <summary>One stream that a role reads, and how an entry of it reaches the role.</summary>
public abstract class Subscription
{
    public abstract EventStream Stream { get; }

    /// <summary>Decodes the entry and lets the role handle it; false when it cannot be read, with the reason.</summary>
    public abstract bool TryHandle(in EntryFields fields, EntryId id, Outbox outbox, out DecodeFault fault);
}
