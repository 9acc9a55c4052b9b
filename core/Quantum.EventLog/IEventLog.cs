using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog;

/// <summary>
/// The streams of one run. Two implementations, Redis and memory, obey one conformance suite. Safe from any thread.
/// </summary>
public interface IEventLog : IDisposable
{
    /// <summary>How streams, leases and state are named, and how symbols fall into shards.</summary>
    LogKeys Keys { get; }

    /// <summary>
    /// Appends an entry for a source that has no input of its own. <paramref name="maxLength"/> above 0 trims
    /// approximately to that many entries: tail streams only. After a <see cref="LogUnavailableException"/> the entry
    /// may or may not be there.
    /// </summary>
    EntryId Append(string streamKey, FieldBuffer entry, long maxLength = 0);

    /// <summary>
    /// Appends entries in their order, in one go. After a <see cref="LogUnavailableException"/> those of a stream are
    /// there up to one of them, or all, or none; the streams need not agree.
    /// </summary>
    void AppendAll(IReadOnlyList<NewEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            if (entry.OnceId is { } id) AppendOnce(entry.StreamKey, id, entry.Fields);
            else Append(entry.StreamKey, entry.Fields, entry.MaxLength);
        }
    }

    /// <summary>
    /// Appends unless <paramref name="dedupeId"/> was appended to this stream within the last hour at least; then gives
    /// the id of the first. Safe to repeat after a <see cref="LogUnavailableException"/>.
    /// </summary>
    EntryId AppendOnce(string streamKey, string dedupeId, FieldBuffer entry);

    /// <summary>
    /// The same for what must outlive the server: where it has replicas, one of them has the entry too when this
    /// returns. When none says so in time it throws <see cref="LogUnavailableException"/>: the entry stands there and
    /// is read, and a failover may forget it.
    /// </summary>
    EntryId AppendKept(string streamKey, string dedupeId, FieldBuffer entry) =>
        AppendOnce(streamKey, dedupeId, entry);

    /// <summary>Opens what one owned thread needs to run one role on one shard. Takes no lease yet.</summary>
    ILogSession OpenSession(RoleSeat seat);

    /// <summary>
    /// True when each of these groups has read and acknowledged all of its stream. A stream that does not exist is
    /// quiet; a group that does not exist on a stream with entries is not. <paramref name="blocker"/> names the first
    /// that is not quiet.
    /// </summary>
    bool IsQuiet(IReadOnlyList<LogLink> links, out string? blocker);
}
