using Quantum.Contracts.Units;
using Quantum.EventLog;

namespace Quantum.Archive.Files;

/// <summary>One entry of an archive, valid until the next one is read.</summary>
/// <param name="Batch">The batch it is in.</param>
/// <param name="Index">Its place there.</param>
public readonly record struct ArchivedEntry(LogBatch Batch, int Index)
{
    public EntryId Id => Batch[Index].Id;
}
