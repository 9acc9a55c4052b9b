using Quantum.Archive.Columns;

namespace Quantum.Archive.Files;

/// <summary>Brings batches of entries into an archive, a whole file each.</summary>
/// <param name="store">Where to.</param>
public sealed class ArchiveWriter(ArchiveStore store)
{
    /// <summary>Files written so far.</summary>
    public long Files { get; private set; }

    /// <summary>Entries written so far.</summary>
    public long Entries { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public long Bytes { get; private set; }

    public ArchiveStore Store => store;

    /// <summary>Writes the entries of a batch, rising ids of one day, as one file.</summary>
    /// <param name="stream">Whose.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="day">Whose day, UTC.</param>
    /// <param name="entries">One at least.</param>
    /// <param name="added">Which number the last one has of all that were ever added to the stream.</param>
    public void Write(ArchiveStream stream, ArchiveSchema schema, DateOnly day, LogBatch entries, long added)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(entries);
        using var content = new MemoryStream();
        using (var file = new ParquetFileWriter(content, schema))
        {
            file.Facts[ArchiveStream.AddedFact] = added.ToString(CultureInfo.InvariantCulture);
            file.Write(entries);
        }

        var name = ArchivePart.NameOf(entries[0].Id, entries[entries.Count - 1].Id, entries.Count);
        Put(Path.Combine(stream.DayFolder(day), name), content.GetBuffer().AsSpan(0, (int)content.Length));
        Files++;
        Entries += entries.Count;
        Bytes += content.Length;
    }

    /// <summary>Writes down that something is missing.</summary>
    public void Note(ArchiveStream stream, ArchiveGap gap)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(gap);
        Put(Path.Combine(stream.Folder, gap.FileName), gap.ToBytes());
    }

    private void Put(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            store.Write(path, content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            ArchiveStore.GiveUp(path);
            throw;
        }
    }
}
