using Quantum.Contracts.Units;

namespace Quantum.EventLog;

/// <summary>
/// One role on one shard at the log: lease, reads, the atomic commit. Used by one thread, synchronous; only
/// <see cref="Interrupt"/> may come from another. Every call may throw <see cref="LogUnavailableException"/>: what it
/// did is then unknown, the session stays usable, and pending entries must be read first.
/// </summary>
public interface ILogSession : IDisposable
{
    /// <summary>The most entries of a link that come with the doorbell.</summary>
    const int BellCount = 100;

    /// <summary>
    /// Entries that a stream may have at most because an archive's recorder has not noted them (on Redis): with more,
    /// the oldest go although they were never recorded, so that a recorder that is gone fills no memory.
    /// </summary>
    const int MostForRecorder = 200_000;

    RoleSeat Seat { get; }

    /// <summary>True when a commit moves the groups of cursor links too, as on a tape in Redis.</summary>
    bool AdvancesWithCommit => false;

    /// <summary>
    /// Asks for the seat. Granted when it is free, expired, already <paramref name="owner"/>'s, or held by
    /// <paramref name="gone"/>, whom the caller knows to be dead: then with a new epoch, greater than every earlier
    /// one, which fences whoever held it.
    /// </summary>
    LeaseReply Acquire(string owner, TimeSpan ttl, string? gone = null);

    /// <summary>
    /// Keeps the lease for another ttl; false when it is no longer this session's. A commit renews it too.
    /// </summary>
    bool Renew();

    /// <summary>Frees the seat at once when it is still this session's.</summary>
    void Release();

    /// <summary>What the last commit of this seat left.</summary>
    SavedRole Load();

    /// <summary>
    /// The entries of a stream that this seat has handled, by its journal: those of its last 10,000 commits, about.
    /// </summary>
    IReadOnlySet<EntryId> Handled(string streamKey);

    /// <summary>True when a stream holds an entry between two ids, of which neither counts.</summary>
    bool HasBetween(string streamKey, EntryId after, EntryId before);

    /// <summary>
    /// Makes the link's group (and the stream) if it is missing, positioned at <paramref name="start"/> (at zero
    /// when the stream ends before that: it was made anew), and takes over what is pending for other consumers of an
    /// ordered group. Gives the stream's last generated id (zero when it is new).
    /// </summary>
    EntryId EnsureGroup(LogLink link, EntryId start);

    /// <summary>
    /// Reads each link into <paramref name="target"/> (cleared first), in the order of <paramref name="reads"/>.
    /// False when the lease is lost: nothing was read. Throws <see cref="GroupMissingException"/> when a group or its
    /// stream vanished.
    /// </summary>
    bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target);

    /// <summary>
    /// Does all of the batch atomically or nothing. Repeating it after a lost reply gives
    /// <see cref="CommitReply.Duplicate"/>.
    /// </summary>
    CommitReply Commit(CommitBatch commit);

    /// <summary>
    /// <see cref="Commit"/> and then <see cref="Fetch"/> in one round trip. <paramref name="target"/> is filled only
    /// when the reply is Ok or Duplicate.
    /// </summary>
    CommitReply CommitAndFetch(CommitBatch commit, ReadOnlySpan<LinkRead> reads, LogBatch target);

    /// <summary>
    /// The doorbell: waits until one of the links has an entry after its <see cref="LinkRead.After"/>, the time is
    /// over (false), or <see cref="Interrupt"/> was called (false). Changes nothing in the log and looks at no group:
    /// that a stream or a group vanished is told by the next <see cref="Fetch"/>. Where only cursor links rang, there
    /// is nothing to claim, and <paramref name="target"/> (cleared first) has their entries, the oldest
    /// <see cref="BellCount"/> at most of each, as a fetch would; otherwise it is empty.
    /// </summary>
    bool Wait(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target);

    /// <summary>Ends a running or the next <see cref="Wait"/>; from any thread.</summary>
    void Interrupt();

    /// <summary>
    /// Moves the position of a <see cref="LinkKind.Cursor"/> link's group forward, never back: for audits and
    /// retention.
    /// </summary>
    void Advance(LogLink link, EntryId position);

    /// <summary>
    /// Removes entries of a stream below <paramref name="keepFrom"/>, but none that any of its groups has not read and
    /// acknowledged, a recorder's within <see cref="MostForRecorder"/>. Gives how many went.
    /// </summary>
    long Trim(string streamKey, EntryId keepFrom);

    /// <summary>
    /// Trims a tail stream to about that many entries, read or not: it is declared lossy. Only a recorder is waited
    /// for, within <see cref="MostForRecorder"/>.
    /// </summary>
    long TrimTail(string streamKey, long maxLength);
}
