namespace Quantum.InProcess;

/// <summary>A consumer group in memory: its position, and what was delivered but not acknowledged.</summary>
internal sealed class StoredGroup(EntryId position)
{
    /// <summary>The last id delivered as new.</summary>
    public EntryId Position { get; set; } = position;

    /// <summary>By id: the consumer that has it, and how often it was delivered.</summary>
    public SortedList<EntryId, PendingEntry> Pending { get; } = [];

    public EntryId? FirstPending => Pending.Count > 0 ? Pending.GetKeyAtIndex(0) : null;

    /// <summary>Who has a pending entry, and the count of its deliveries.</summary>
    public readonly record struct PendingEntry(string Consumer, long Deliveries);
}
