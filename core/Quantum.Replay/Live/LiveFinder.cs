using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.Contracts.Units;
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
        if (IsOnPage(id, out entry)) return true;
        var before = id.Sequence > 0 ? id with { Sequence = id.Sequence - 1 } : new EntryId(id.Ms - 1, long.MaxValue);
        redis.Read(key, before, Page, _page);
        return IsOnPage(id, out entry);
    }

    private bool IsOnPage(EntryId id, out ArchivedEntry entry)
    {
        var (low, high) = (0, _page.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_page[middle].Id < id) low = middle + 1;
            else high = middle;
        }

        entry = new ArchivedEntry(_page, low);
        return low < _page.Count && _page[low].Id == id;
    }
}
