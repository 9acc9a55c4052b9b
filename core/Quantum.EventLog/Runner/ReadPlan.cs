using Quantum.Contracts.Units;

namespace Quantum.EventLog.Runner;

/// <summary>Where each link of a seat is read on from, and how much at a time.</summary>
internal sealed class ReadPlan(LogLink[] links, RunnerSettings settings)
{
    // Read by this owner; in a commit; what the doorbell waits behind.
    private readonly EntryId[] _read = new EntryId[links.Length];
    private readonly EntryId[] _noted = new EntryId[links.Length];
    private readonly EntryId[] _heard = new EntryId[links.Length];
    // Where the stream ended when this owner began; up to where entries may come as new that were handled as pending.
    private readonly EntryId[] _end = new EntryId[links.Length];
    private readonly EntryId[] _doubted = new EntryId[links.Length];
    private bool _hasDoubts;
    private int _careful;
    private int _room = settings.BatchSize;

    public IReadOnlyList<LogLink> Links => links;

    /// <summary>How far the last commit had come, by link.</summary>
    public IReadOnlyList<EntryId> Committed => _noted;

    /// <summary>How far the last commit had come on one of the links.</summary>
    public EntryId CommittedOf(LogLink link) => _noted[Array.IndexOf(links, link)];

    /// <summary>True when a round of a tape must come in one batch.</summary>
    public bool IsTape => settings.IsTape;

    /// <summary>True while entries are tried one at a time.</summary>
    public bool IsCareful => _careful > 0;

    /// <summary>The most entries of a batch now, from 1.</summary>
    public int Room => _room;

    /// <summary>Starts a link over.</summary>
    /// <param name="link">Its index.</param>
    /// <param name="cursor">What the last commit saved.</param>
    /// <param name="last">The end of the stream.</param>
    public void Load(int link, EntryId cursor, EntryId last)
    {
        // A stream that ends before the cursor was deleted and made anew: nothing of it was read.
        if (last < cursor) cursor = EntryId.Zero;
        _read[link] = _noted[link] = cursor;
        _heard[link] = links[link].Kind == LinkKind.Group ? last : cursor;
        _end[link] = last;
        // Without a cursor nothing new was handled, but what was pending may have been.
        _doubted[link] = EntryId.Zero;
        if (links[link].Kind == LinkKind.Group && cursor == EntryId.Zero) Doubt(link, last);
    }

    /// <summary>What the seat has read as new of a link, without a gap; zero when it does not know.</summary>
    public EntryId ReadOf(LogLink link) => _read[Array.IndexOf(links, link)];

    /// <summary>
    /// True when new entries are among these of which the cursor cannot tell whether they were handled as pending.
    /// </summary>
    public bool Doubts(LogBatch batch)
    {
        // A group that somebody had moved is read again from the cursor, behind which the owner before may have handled
        // what was pending.
        for (var i = 0; batch.GroupsPutBack > 0 && i < links.Length; i++)
            if (links[i].Kind == LinkKind.Group) Doubt(i, _end[i]);
        for (var i = 0; _hasDoubts && i < batch.Count; i++)
            if (batch[i].Id <= _doubted[batch[i].Read]) return true;
        return false;
    }

    /// <summary>The next read of every link.</summary>
    public void Next(LinkRead[] reads)
    {
        for (var i = 0; i < links.Length; i++) reads[i] = new LinkRead(links[i], _read[i], CountOf(links[i]));
    }

    /// <summary>What the doorbell waits for.</summary>
    public void Doorbell(LinkRead[] reads)
    {
        for (var i = 0; i < links.Length; i++)
            reads[i] = new LinkRead(links[i], _heard[i], IsTape ? 1 : CountOf(links[i]));
    }

    /// <summary>The next reads begin behind what was read.</summary>
    public void Took(LogBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var link = batch[i].Read;
            if (batch[i].Id > _heard[link]) _heard[link] = batch[i].Id;
            if (batch[i].Id > _read[link]) _read[link] = batch[i].Id;
        }
    }

    /// <summary>Passes over what a group will not give.</summary>
    public void Hear(int link, EntryId last)
    {
        if (last > _heard[link]) _heard[link] = last;
    }

    /// <summary>Where the doorbell of a link waits.</summary>
    public EntryId HeardOf(int link) => _heard[link];

    /// <summary>
    /// What stood in a failed batch is tried one entry at a time, so that only the guilty one is put aside.
    /// </summary>
    public void BeCareful(int entries) => _careful = Math.Max(_careful, entries);

    /// <summary>Bounds the bytes of the next reads by the size of the entries just handled.</summary>
    public void Handled(LogBatch batch, int count)
    {
        if (count == 0) return;
        _careful = Math.Max(0, _careful - count);
        var bytesEach = Math.Max(1, batch.ByteCount / count);
        _room = Math.Clamp(settings.MaxBatchBytes / bytesEach, 1, settings.BatchSize);
    }

    /// <summary>
    /// An old entry, handled late or delivered anew, must not take the cursor back, and one that is out of line must
    /// not take it forward: what is between, others have read, and the seat has not.
    /// </summary>
    public void KeepForward(Turn turn)
    {
        foreach (var part in turn.Commit.Links)
        {
            var link = Array.IndexOf(links, part.Link);
            if (turn.IsOutOfLine)
            {
                Doubt(link, part.Cursor);
                part.Cursor = EntryId.Zero;
                continue;
            }

            if (part.Cursor > _noted[link]) _noted[link] = part.Cursor;
            else part.Cursor = EntryId.Zero;
            // What was pending was not read as new: a group that is set back now would give it again, as new.
            if (_noted[link] > _read[link]) _read[link] = _noted[link];
        }
    }

    private void Doubt(int link, EntryId till)
    {
        if (till <= _doubted[link]) return;
        _doubted[link] = till;
        _hasDoubts = true;
    }

    private int CountOf(LogLink link)
    {
        if (_careful > 0) return 1;
        if (settings.IsTape) return settings.TailBatchSize;
        if (!link.Stream.IsTail) return _room;
        return _room >= settings.BatchSize ? settings.TailBatchSize : Math.Min(_room, settings.TailBatchSize);
    }
}
