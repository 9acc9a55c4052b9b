using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.EventLog;

namespace Quantum.Replay.Live;

/// <summary>
/// Finds entries of a running system's stream by their ids, mostly in order: one page stays in memory.
/// </summary>
internal sealed class LiveFinder(ArchiveRedis redis, string key)
{
    private const int Page = 200;

    private readonly LogBatch _page = new();

    public bool TryFind(EntryId id, out ArchivedEntry entry)
    {
        if (ArchivedEntry.TryFind(_page, id, out entry)) return true;
        var before = id.Sequence > 0 ? id with { Sequence = id.Sequence - 1 } : new EntryId(id.Ms - 1, long.MaxValue);
        redis.Read(key, before, Page, _page);
        return ArchivedEntry.TryFind(_page, id, out entry);
    }
}
