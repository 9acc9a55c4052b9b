using Quantum.Archive.Files;

namespace Quantum.Replay;

/// <summary>Gives the entry of an id; false when it is not there, or no longer.</summary>
internal delegate bool EntryFinding(EntryId id, out ArchivedEntry entry);

/// <summary>Gives a stream's next entry; false when there is none, or none yet.</summary>
internal delegate bool EntryReading(out ArchivedEntry entry);

/// <summary>Where a replay has entries from: an archive, or the streams of a running system.</summary>
internal abstract class EntrySource
{
    /// <summary>Finds entries of a stream by their ids, mostly in order.</summary>
    public abstract EntryFinding Finder(EventStream stream);

    /// <summary>Reads a stream's entries behind an id, in order.</summary>
    public abstract EntryReading Reader(EventStream stream, EntryId after);
}
