namespace Quantum.Archive.Files;

/// <summary>Reads the entries of one stream of an archive in order, each once.</summary>
/// <param name="stream">Whose.</param>
/// <param name="skipBroken">Leaves out files that cannot be read, instead of throwing.</param>
/// <param name="tell">Told each file that is left out, with the reason.</param>
public sealed class ArchiveReader(ArchiveStream stream, bool skipBroken = false, Action<string>? tell = null)
{
    /// <summary>
    /// Every entry behind an id, in batches that are valid until the next one; the first may begin before that id.
    /// </summary>
    public IEnumerable<ArchivedEntry> Entries(EntryId after = default)
    {
        var last = after;
        foreach (var part in stream.Parts())
        {
            if (part.Last <= last) continue;
            foreach (var batch in BatchesOf(part))
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (batch[i].Id <= last) continue;
                    last = batch[i].Id;
                    yield return new ArchivedEntry(batch, i);
                }
            }
        }
    }

    private IEnumerable<LogBatch> BatchesOf(ArchivePart part)
    {
        using var batches = stream.Read(part).GetEnumerator();
        while (Next(batches)) yield return batches.Current;
    }

    private bool Next(IEnumerator<LogBatch> batches)
    {
        try
        {
            return batches.MoveNext();
        }
        catch (ArchiveException fault) when (skipBroken)
        {
            tell?.Invoke($"left out: {fault.Message}");
            return false;
        }
    }
}
