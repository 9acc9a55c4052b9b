using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.EventLog;

namespace Quantum.Replay.Live;

/// <summary>
/// Reads a stream of a running system in order, a page at a time. At the end it asks no more until it is told to.
/// </summary>
internal sealed class LiveReader(ArchiveRedis redis, string name, string key, EntryId after)
{
    private const int Page = 200;

    private readonly LogBatch _page = new();
    private EntryId _last = after;
    private long? _added;
    private int _at;
    private bool _isEnd;

    /// <summary>What was trimmed before it was read, in words; null: nothing.</summary>
    public string? Missing { get; private set; }

    public void Look() => _isEnd = false;

    public bool TryNext(out ArchivedEntry entry)
    {
        if (_at == _page.Count && !_isEnd) Turn();
        if (_at == _page.Count)
        {
            entry = default;
            return false;
        }

        entry = new ArchivedEntry(_page, _at++);
        _last = entry.Id;
        return true;
    }

    private void Turn()
    {
        _at = 0;
        var look = redis.Read(key, _last, Page, _page);
        _isEnd = _page.Count < Page;
        if (look is not { } seen) return;
        var lost = _added is { } added ? seen.LostBefore(_last, added) : 0;
        if (lost > 0) Missing ??= $"{lost} entries of {name}";
        // Only at the end is it known how many of all that were ever added are behind.
        _added = _isEnd ? seen.Added : _added + _page.Count;
    }
}
