namespace Quantum.InProcess;

/// <summary>One entry of a stream in memory: its id and a copy of its fields.</summary>
internal sealed class StoredEntry(EntryId id, in EntryFields fields) : KeptFields(in fields)
{
    public EntryId Id => id;
}
