namespace Quantum.Archive.Files;

/// <summary>One entry of an archive, valid until the next one is read.</summary>
/// <param name="Index">Its place there.</param>
public readonly record struct ArchivedEntry(LogBatch Batch, int Index)
{
    public EntryId Id => Batch[Index].Id;

    /// <summary>Finds an entry by its id in a batch whose ids rise; false when it is not there.</summary>
    public static bool TryFind(LogBatch batch, EntryId id, out ArchivedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (low, high) = (0, batch.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (batch[middle].Id < id) low = middle + 1;
            else high = middle;
        }

        entry = new ArchivedEntry(batch, low);
        return low < batch.Count && batch[low].Id == id;
    }
}
