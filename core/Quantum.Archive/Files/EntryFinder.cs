namespace Quantum.Archive.Files;

/// <summary>
/// Finds entries of one stream by their ids, mostly in order: the row groups used last stay in memory, nothing else.
/// </summary>
public sealed class EntryFinder
{
    private readonly ArchiveStream _stream;
    private readonly IReadOnlyList<ArchivePart> _parts;
    private readonly Dictionary<string, EntryId[]> _groups = new(StringComparer.Ordinal);
    private Loaded _near = new();
    private Loaded _far = new();

    public EntryFinder(ArchiveStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _parts = stream.Parts();
    }

    /// <summary>The entry of that id; false when the archive does not have it.</summary>
    public bool TryFind(EntryId id, out ArchivedEntry entry)
    {
        if (_near.TryFind(id, out entry)) return true;
        (_near, _far) = (_far, _near);
        if (_near.TryFind(id, out entry)) return true;
        if (PartOf(id) is not { } part) return false;
        var begins = GroupsOf(part);
        var group = Array.FindLastIndex(begins, first => first <= id);
        if (group < 0 || _near.Is(part, group)) return false;
        _stream.Read(part, group, _near.Batch);
        (_near.Part, _near.Group) = (part, group);
        return _near.TryFind(id, out entry);
    }

    private ArchivePart? PartOf(EntryId id)
    {
        var (low, high) = (0, _parts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_parts[middle].Last < id) low = middle + 1;
            else high = middle;
        }

        return low < _parts.Count && _parts[low].First <= id ? _parts[low] : null;
    }

    private EntryId[] GroupsOf(ArchivePart part)
    {
        if (_groups.TryGetValue(part.Path, out var known)) return known;
        var text = _stream.FactsOf(part).GetValueOrDefault(ArchiveStream.GroupsFact) ?? part.First.ToString();
        // The small files of a long day: each is asked once, in order.
        if (_groups.Count > 10_000) _groups.Clear();
        return _groups[part.Path] = [.. text.Split(',').Select(id => EntryId.Parse(id))];
    }

    private sealed class Loaded
    {
        public LogBatch Batch { get; } = new();

        public ArchivePart? Part { get; set; }

        public int Group { get; set; }

        public bool Is(ArchivePart part, int group) => Part == part && Group == group;

        public bool TryFind(EntryId id, out ArchivedEntry entry) => ArchivedEntry.TryFind(Batch, id, out entry);
    }
}
