using Quantum.Archive.Columns;

namespace Quantum.Archive.Files;

/// <summary>
/// Makes one file of a day's small ones, for days that are over. The small ones go when the large one is whole; killed
/// in between, both are there, and readers take each entry once.
/// </summary>
/// <param name="store">The archive's files.</param>
/// <param name="tell">Told each day that is left as it is, with the reason.</param>
public sealed class Compaction(ArchiveStore store, Action<string>? tell = null)
{
    private const int GroupEntries = 20_000;
    private const int GroupBytes = 16 * 1024 * 1024;
    private readonly LogBatch _group = new();

    /// <summary>Small files that were put together.</summary>
    public long Joined { get; private set; }

    /// <summary>Files that they are in now.</summary>
    public long Made { get; private set; }

    /// <summary>Entries in those.</summary>
    public long Entries { get; private set; }

    /// <summary>Days of streams that were left as they are, for a file of theirs is broken.</summary>
    public long Left { get; private set; }

    /// <summary>Goes through every stream's days before one; what is broken in one holds up no other.</summary>
    /// <param name="before">The first day that is left as it is, UTC.</param>
    /// <param name="cancel">Ends it between two days.</param>
    public void Run(DateOnly before, CancellationToken cancel = default)
    {
        foreach (var stream in new ArchiveFolder(store.Root).Streams)
        {
            foreach (var day in stream.Days.Where(day => day < before))
            {
                cancel.ThrowIfCancellationRequested();
                TryDay(stream, day);
            }
        }
    }

    private void TryDay(ArchiveStream stream, DateOnly day)
    {
        try
        {
            Day(stream, day);
        }
        catch (ArchiveException fault)
        {
            Left++;
            tell?.Invoke(string.Create(
                CultureInfo.InvariantCulture, $"{stream.Name}, {day:yyyy-MM-dd} is left as it is: {fault.Message}"));
        }
    }

    private void Day(ArchiveStream stream, DateOnly day)
    {
        var all = stream.AllPartsOf(day).ToArray();
        if (all.Length < 2) return;
        var parts = stream.PartsOf(day);
        var path = parts.Count == 1 ? parts[0].Path : Join(stream, day, parts);
        foreach (var part in all)
            if (part.Path != path) store.Delete(part.Path);
    }

    private string Join(ArchiveStream stream, DateOnly day, IReadOnlyList<ArchivePart> parts)
    {
        var name = ArchivePart.NameOf(parts[0].First, parts[^1].Last, parts.Sum(part => part.Count));
        var path = Path.Combine(stream.DayFolder(day), name);
        try
        {
            Write(stream, parts, path);
        }
        catch (Exception fault) when (fault is IOException or ArchiveException or UnauthorizedAccessException)
        {
            ArchiveStore.GiveUp(path);
            throw;
        }

        store.Rename(path);
        Joined += parts.Count;
        Made++;
        return path;
    }

    private void Write(ArchiveStream stream, IReadOnlyList<ArchivePart> parts, string path)
    {
        using (var file = store.Create(path))
        {
            using (var writer = new ParquetFileWriter(file, ArchiveSchema.Of(stream.Name)))
            {
                Copy(stream, parts, writer);
                var newest = stream.FactsOf(parts[^1]).GetValueOrDefault(ArchiveStream.AddedFact);
                writer.Facts[ArchiveStream.AddedFact] = newest ?? writer.Count.ToString(CultureInfo.InvariantCulture);
                var wanted = parts.Sum(part => part.Count);
                if (writer.Count != wanted)
                {
                    throw new ArchiveException(
                        $"{Path.GetDirectoryName(path)}: its files say they hold {wanted} entries and hold "
                        + $"{writer.Count}; all are "
                        + "kept as they are. Restore what was changed by hand.");
                }

                Entries += writer.Count;
            }

            store.Flush(path, file);
        }
    }

    private void Copy(ArchiveStream stream, IReadOnlyList<ArchivePart> parts, ParquetFileWriter writer)
    {
        _group.Clear();
        foreach (var part in parts)
        {
            foreach (var batch in stream.Read(part))
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var fields = batch.Fields(i);
                    _group.Add(batch[i], in fields);
                    if (_group.Count < GroupEntries && _group.ByteCount < GroupBytes) continue;
                    writer.Write(_group);
                    _group.Clear();
                }
            }
        }

        if (_group.Count > 0) writer.Write(_group);
    }
}
