using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;

namespace Quantum.EventLog;

/// <summary>How a seat reads a stream.</summary>
public enum LinkKind
{
    /// <summary>
    /// By its group under the fixed consumer name; acknowledged inside the commit. Stream and seat share the slot.
    /// </summary>
    Group,

    /// <summary>
    /// By a cursor of its own, saved with the commit: tail streams, and every stream of another slot (broadcast,
    /// gather). The group exists for the eye and for retention, and is moved behind the commits.
    /// </summary>
    Cursor,
}

/// <summary>
/// One physical stream that a seat reads. The seat's cursor on it is kept under <see cref="StreamKey"/>.
/// </summary>
/// <param name="Stream">The catalog's stream.</param>
/// <param name="StreamKey">The key of the stream's shard.</param>
/// <param name="Group">The consumer group.</param>
/// <param name="Kind">How it is read.</param>
public sealed record LogLink(EventStream Stream, string StreamKey, string Group, LinkKind Kind)
{
    public override string ToString() => StreamKey;
}

/// <summary>What to read of a link.</summary>
/// <param name="Link">The link.</param>
/// <param name="After">Cursor links and <see cref="ILogSession.Wait"/>: entries behind this id. Pending reads:
/// pending entries behind this id. New entries of a group: what the seat has read as new; a group that gives only what
/// comes later was moved by somebody else and is put back to it (zero: not known, the group decides).</param>
/// <param name="Count">The most entries, from 1.</param>
/// <param name="Pending">Group links: the seat's delivered but unacknowledged entries instead of new ones. Their
/// delivery count rises.</param>
public readonly record struct LinkRead(LogLink Link, EntryId After, int Count, bool Pending = false);
