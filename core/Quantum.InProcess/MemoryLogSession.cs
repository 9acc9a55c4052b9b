using Quantum.EventLog;

namespace Quantum.InProcess;

/// <summary>A seat's session on the memory log.</summary>
internal sealed class MemoryLogSession(MemoryEventLog log, RoleSeat seat, StoredSeat stored) : ILogSession
{
    private string _owner = "";
    private long _epoch;
    private long _ttlMs;
    private bool _interrupted;
    private Place[] _places = [];

    public RoleSeat Seat => seat;

    private bool IsHolder => _epoch != 0 && stored.Owner == _owner && stored.Epoch == _epoch;

    public LeaseReply Acquire(string owner, TimeSpan ttl, string? gone = null) => Call(LogCall.Acquire, () =>
    {
        (_owner, _ttlMs, _epoch) = (owner, (long)ttl.TotalMilliseconds, 0);
        var now = log.NowMs;
        if (stored.Epoch != 0 && stored.Owner != owner && stored.Owner != gone && stored.UntilMs > now)
            return new LeaseReply(false, stored.Epoch, stored.Owner, 0);
        _epoch = stored.Epoch = Math.Max(stored.Epoch + 1, now);
        (stored.Owner, stored.UntilMs) = (owner, now + _ttlMs);
        return new LeaseReply(true, _epoch, owner, stored.Fruitless++);
    });

    public bool Renew() => Call(LogCall.Renew, () =>
    {
        if (!IsHolder) return false;
        stored.UntilMs = log.NowMs + _ttlMs;
        return true;
    });

    public void Release() => Call(LogCall.Renew, () =>
    {
        if (IsHolder) (stored.UntilMs, stored.Fruitless) = (0, 0);
        return true;
    });

    public SavedRole Load() => Call(LogCall.Load, () => stored.Save());

    public IReadOnlySet<EntryId> Handled(string streamKey) => Call(LogCall.Load, () => stored.Journal
        .SelectMany(record => JournalText.Read(record.Text))
        .Where(input => input.Key == streamKey).Select(input => input.Id).ToHashSet());

    public bool HasBetween(string streamKey, EntryId after, EntryId before) => Call(LogCall.Load, () =>
        log.Find(streamKey)?.Next(after) is { } next && next.Id < before);

    public EntryId EnsureGroup(LogLink link, EntryId start) => Call(LogCall.EnsureGroup, () =>
    {
        var stream = log.StreamOf(link.StreamKey);
        if (!stream.Groups.TryGetValue(link.Group, out var group))
        {
            // A stream that ends before the start was deleted and made anew: its entries are all unread.
            group = new StoredGroup(stream.LastId < start ? EntryId.Zero : start);
            stream.Groups[link.Group] = group;
            log.Changes++;
        }

        if (link.Kind == LinkKind.Group && link.Stream.Mode == DeliveryMode.Ordered && IsHolder)
            TakeOver(link, stream, group);
        return stream.LastId;
    });

    public bool Fetch(ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Clear();
        lock (log.Gate)
        {
            var fault = Begin(LogCall.Fetch);
            if (!IsHolder) return false;
            FindPlaces(reads);
            CheckGroups(reads);
            for (var i = 0; i < reads.Length; i++) Fill(i, reads[i], target);
            End(fault, LogCall.Fetch);
            return true;
        }
    }

    public CommitReply Commit(CommitBatch commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        lock (log.Gate)
        {
            var fault = Begin(LogCall.Commit);
            var reply = stored.Refusal(_owner, _epoch, commit.ExpectedSequence);
            if (reply is null) Apply(commit);
            End(fault, LogCall.Commit);
            return reply ?? CommitReply.Ok;
        }
    }

    public CommitReply CommitAndFetch(CommitBatch commit, ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Clear();
        lock (log.Gate)
        {
            var reply = Commit(commit);
            Fetch(reads, target);
            // As on Redis, whose pipeline has read on by then: what was read behind a refused commit is pending now.
            if (reply is not (CommitReply.Ok or CommitReply.Duplicate)) target.Clear();
            return reply;
        }
    }

    public bool Wait(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Clear();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        lock (log.Gate)
        {
            var fault = Begin(LogCall.Wait);
            while (!_interrupted)
            {
                if (Rings(reads, target)) return true;
                var left = timeout - clock.Elapsed;
                if (left <= TimeSpan.Zero) break;
                log.Waiting++;
                Monitor.Wait(log.Gate, left);
                log.Waiting--;
            }

            _interrupted = false;
            End(fault, LogCall.Wait);
            return false;
        }
    }

    public void Interrupt()
    {
        lock (log.Gate)
        {
            _interrupted = true;
            Monitor.PulseAll(log.Gate);
        }
    }

    public void Advance(LogLink link, EntryId position)
    {
        ArgumentNullException.ThrowIfNull(link);
        lock (log.Gate)
        {
            var group = log.Find(link.StreamKey)?.Groups.GetValueOrDefault(link.Group);
            if (group is not null && group.Position < position) group.Position = position;
        }
    }

    public long Trim(string streamKey, EntryId keepFrom)
    {
        lock (log.Gate)
        {
            if (log.Find(streamKey) is not { } stream) return 0;
            foreach (var group in stream.Groups.Values)
            {
                if (group.Position < keepFrom) keepFrom = group.Position;
                if (group.FirstPending is { } pending && pending < keepFrom) keepFrom = pending;
            }

            return stream.TrimBelow(keepFrom);
        }
    }

    public long TrimTail(string streamKey, long maxLength)
    {
        lock (log.Gate) return log.Find(streamKey)?.TrimTo(maxLength) ?? 0;
    }

    public void Dispose() => Interrupt();

    private bool Rings(ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        var (rang, groupRang) = (false, false);
        foreach (var read in reads)
        {
            if (log.Find(read.Link.StreamKey)?.HasAfter(read.After) != true) continue;
            rang = true;
            groupRang |= read.Link.Kind == LinkKind.Group;
        }

        if (!rang || groupRang) return rang;
        FindPlaces(reads);
        for (var i = 0; i < reads.Length; i++)
            if (reads[i].Link.Kind == LinkKind.Cursor)
                Fill(i, reads[i] with { Count = Math.Min(reads[i].Count, ILogSession.BellCount) }, target);
        return true;
    }

    private void Apply(CommitBatch commit)
    {
        foreach (var part in commit.Links)
        {
            if (log.Find(part.Link.StreamKey)?.Groups.GetValueOrDefault(part.Link.Group) is not { } group) continue;
            foreach (var id in part.Acks) group.Pending.Remove(id);
        }

        for (var i = 0; i < commit.OutputCount; i++) log.Append(commit.OutputKey(i), commit.Output(i).Fields);
        stored.Apply(commit);
        stored.CommittedMs = log.NowMs;
        stored.UntilMs = stored.CommittedMs + _ttlMs;
    }

    // What is read again and again is looked for once.
    private void FindPlaces(ReadOnlySpan<LinkRead> reads)
    {
        if (_places.Length < reads.Length) Array.Resize(ref _places, reads.Length);
        for (var i = 0; i < reads.Length; i++)
        {
            var link = reads[i].Link;
            if (ReferenceEquals(_places[i].Link, link) && _places[i].Changes == log.Changes) continue;
            var stream = log.Find(link.StreamKey);
            _places[i] = new Place(link, log.Changes, stream, stream?.Groups.GetValueOrDefault(link.Group));
        }
    }

    private void CheckGroups(ReadOnlySpan<LinkRead> reads)
    {
        for (var i = 0; i < reads.Length; i++)
        {
            var link = reads[i].Link;
            if (link.Kind != LinkKind.Group || _places[i].Group is not null) continue;
            throw new GroupMissingException(
                $"the group {link.Group} of {link.StreamKey} is gone: it was deleted under its reader.");
        }
    }

    private void Fill(int index, LinkRead read, LogBatch target)
    {
        if (_places[index] is not { Stream: { } stream } place) return;
        if (read.Link.Kind == LinkKind.Cursor)
        {
            foreach (var entry in stream.After(read.After, read.Count)) Add(index, entry, 1, target);
            return;
        }

        if (read.Pending) FillPending(index, read, stream, place.Group!, target);
        else FillNew(index, read, stream, place.Group!, target);
    }

    private static void FillNew(int index, LinkRead read, StoredStream stream, StoredGroup group, LogBatch target)
    {
        if (read.After > EntryId.Zero && group.Position > read.After
            && stream.Next(read.After) is { } next && group.Position >= next.Id)
        {
            group.Position = read.After;
            target.GroupsPutBack++;
        }

        foreach (var entry in stream.After(group.Position, read.Count))
        {
            group.Position = entry.Id;
            group.Pending[entry.Id] = new StoredGroup.PendingEntry(StreamConsumer.Name, 1);
            Add(index, entry, 1, target);
        }
    }

    private static void FillPending(int index, LinkRead read, StoredStream stream, StoredGroup group, LogBatch target)
    {
        var own = group.Pending
            .Where(pending => pending.Key > read.After && pending.Value.Consumer == StreamConsumer.Name)
            .Take(read.Count);
        foreach (var (id, pending) in own.ToArray())
        {
            if (stream.Find(id) is not { } entry)
            {
                target.Add(new LogEntry(index, id, pending.Deliveries, true));
                continue;
            }

            group.Pending[id] = pending with { Deliveries = pending.Deliveries + 1 };
            Add(index, entry, pending.Deliveries + 1, target);
        }
    }

    private static void Add(int index, StoredEntry entry, long deliveries, LogBatch target) =>
        target.Add(new LogEntry(index, entry.Id, deliveries, false), entry);

    // As XCLAIM does: what was trimmed meanwhile leaves the pending list and is counted as lost.
    private static void TakeOver(LogLink link, StoredStream stream, StoredGroup group)
    {
        var (taken, lost) = (0, 0);
        foreach (var (id, pending) in group.Pending.Where(p => p.Value.Consumer != StreamConsumer.Name).ToArray())
        {
            if (stream.Find(id) is null)
            {
                group.Pending.Remove(id);
                lost++;
                continue;
            }

            group.Pending[id] = pending with { Consumer = StreamConsumer.Name };
            taken++;
        }

        LogMeter.TakenOver(link, taken, lost);
    }

    private TResult Call<TResult>(LogCall call, Func<TResult> action)
    {
        lock (log.Gate)
        {
            var fault = Begin(call);
            var result = action();
            End(fault, call);
            return result;
        }
    }

    private LogFault Begin(LogCall call)
    {
        var fault = log.Faults?.Invoke(seat, call) ?? LogFault.None;
        if (fault == LogFault.Lost)
            throw new LogUnavailableException($"the simulation cut {seat} off before its {call}.");
        return fault;
    }

    private void End(LogFault fault, LogCall call)
    {
        if (fault == LogFault.ReplyLost)
            throw new LogUnavailableException($"the simulation lost the answer to the {call} of {seat}.");
    }

    /// <summary>Where a link leads, and how often streams and groups had changed when it was found.</summary>
    private readonly record struct Place(LogLink? Link, int Changes, StoredStream? Stream, StoredGroup? Group);
}
