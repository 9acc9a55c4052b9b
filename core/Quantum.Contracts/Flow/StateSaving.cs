namespace Quantum.Contracts.Flow;

/// <summary>How a role's state reaches its store.</summary>
public enum StateSaving
{
    /// <summary>What was touched is saved in each commit.</summary>
    EachCommit,

    /// <summary>Saved every so many inputs; after a crash the journal behind the snapshot is handled again.</summary>
    Snapshot,
}
