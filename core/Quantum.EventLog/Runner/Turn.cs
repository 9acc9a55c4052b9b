namespace Quantum.EventLog.Runner;

/// <summary>One batch on its way: what was read, how it was read, and the commit that its handling makes.</summary>
internal sealed class Turn(int links)
{
    public LogBatch Batch { get; } = new();

    public CommitBatch Commit { get; } = new();

    /// <summary>The reads that the batch answers.</summary>
    public LinkRead[] Reads { get; private set; } = new LinkRead[links];

    /// <summary>True when the reads are of pending entries: then nothing new is read with the commit.</summary>
    public bool IsPending { get; set; }

    /// <summary>
    /// True when it is a pending entry that does not come next to what the seat has read: somebody else read what is
    /// between, so it is no place to go on from.
    /// </summary>
    public bool IsOutOfLine { get; set; }

    /// <summary>True when the cursor cannot tell of some entry whether it was handled: the journal does.</summary>
    public bool AsksJournal { get; set; }

    /// <summary>True when it is a tape's round that was handed over: nothing of it is pending.</summary>
    public bool IsRound { get; set; }

    /// <summary>True when something was left pending on purpose: pending entries come first then.</summary>
    public bool LeftPending { get; set; }

    public LogLink LinkOf(int index) => Reads[Batch[index].Read].Link;

    /// <summary>Makes room for another read.</summary>
    public LinkRead[] ForReads(int count)
    {
        if (Reads.Length != count) Reads = new LinkRead[count];
        (IsPending, IsRound, LeftPending, IsOutOfLine, AsksJournal) = (false, false, false, false, false);
        return Reads;
    }
}
