using Quantum.Archive.Files;

namespace Quantum.Replay;

/// <summary>The entries of an archive.</summary>
internal sealed class ArchiveSource(ArchiveFolder archive) : EntrySource, IDisposable
{
    private readonly List<IDisposable> _open = [];

    public override EntryFinding Finder(EventStream stream) => new EntryFinder(archive.Stream(stream.Name)).TryFind;

    public override EntryReading Reader(EventStream stream, EntryId after)
    {
        var entries = new ArchiveReader(archive.Stream(stream.Name)).Entries(after).GetEnumerator();
        _open.Add(entries);
        return (out ArchivedEntry entry) =>
        {
            var isThere = entries.MoveNext();
            entry = isThere ? entries.Current : default;
            return isThere;
        };
    }

    public void Dispose()
    {
        foreach (var entries in _open) entries.Dispose();
    }
}
