using System.Runtime.InteropServices;

namespace Quantum.InProcess;

/// <summary>One stream in memory: entries in id order and the groups that read it. Guarded by the log's gate.</summary>
internal sealed class StoredStream
{
    private const int CompactFrom = 1024;
    private const int Near = 4;
    private readonly List<StoredEntry> _entries = [];
    private int _first;

    /// <summary>The id given last, also when its entry is gone.</summary>
    public EntryId LastId { get; private set; }

    public Dictionary<string, StoredGroup> Groups { get; } = new(StringComparer.Ordinal);

    public int Count => _entries.Count - _first;

    /// <summary>The id that an entry gets behind another one at the clock's time.</summary>
    public static EntryId NextId(EntryId last, long nowMs) => nowMs > last.Ms ? new EntryId(nowMs, 0) : last.Next();

    /// <summary>Appends under the clock's time; ids go on rising when the clock goes back.</summary>
    public StoredEntry Append(long nowMs, in EntryFields fields)
    {
        LastId = NextId(LastId, nowMs);
        var entry = new StoredEntry(LastId, in fields);
        _entries.Add(entry);
        return entry;
    }

    /// <summary>The entry of that id, or null when it was trimmed or deleted.</summary>
    public StoredEntry? Find(EntryId id)
    {
        var index = IndexFrom(id);
        return index < _entries.Count && _entries[index].Id == id ? _entries[index] : null;
    }

    /// <summary>True when an entry stands behind that id.</summary>
    public bool HasAfter(EntryId id) => Count > 0 && _entries[^1].Id > id;

    /// <summary>The first entry behind an id; null when there is none.</summary>
    public StoredEntry? Next(EntryId id) => HasAfter(id) ? _entries[IndexFrom(id.Next())] : null;

    /// <summary>The entries behind an id, at most so many; valid until something is appended or removed.</summary>
    public ReadOnlySpan<StoredEntry> After(EntryId id, int count) => HasAfter(id) ? From(id.Next(), count) : [];

    /// <summary>The entries from an id on, as <see cref="After"/>.</summary>
    public ReadOnlySpan<StoredEntry> From(EntryId id, int count)
    {
        var first = IndexFrom(id);
        return CollectionsMarshal.AsSpan(_entries).Slice(first, Math.Min(count, _entries.Count - first));
    }

    /// <summary>Removes the entries below an id; gives how many.</summary>
    public int TrimBelow(EntryId keepFrom) => Drop(IndexFrom(keepFrom) - _first);

    /// <summary>Removes the oldest entries beyond a number.</summary>
    public int TrimTo(long keep) => Drop((int)Math.Max(0, Count - keep));

    private int Drop(int count)
    {
        for (var i = 0; i < count; i++) _entries[_first + i] = null!;
        _first += count;
        if (_first < CompactFrom || _first < _entries.Count / 2) return count;
        _entries.RemoveRange(0, _first);
        _first = 0;
        return count;
    }

    private int IndexFrom(EntryId id)
    {
        var (low, high) = (_first, _entries.Count);
        // Mostly what is asked for stands at the end, or is not there yet.
        for (var i = 0; i < Near && high > low; i++)
        {
            if (_entries[high - 1].Id < id) return high;
            high--;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Id < id) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
