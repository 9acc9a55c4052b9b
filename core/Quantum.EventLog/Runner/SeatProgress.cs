using Quantum.Contracts.Units;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>What a seat's thread tells others about itself.</summary>
internal sealed class SeatProgress(RoleSeat seat, IReadOnlyList<LogLink> links, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly EntryId[] _committed = new EntryId[links.Count];
    private readonly EntryId[] _waiting = new EntryId[links.Count];
    private bool _hasLease;
    private long _commitAtMs;
    private string? _fault;

    public long Commits { get; private set; }

    public void Lease(bool held)
    {
        lock (_lock)
        {
            if (held != _hasLease) LogMeter.LeaseChanges.Add(1, LogMeter.Tag(SpanTags.Role, seat.Role));
            _hasLease = held;
            if (held) _fault = null;
            else Array.Clear(_waiting);
        }
    }

    /// <summary>Another owner has the seat, which is as it should be.</summary>
    public void StandBy()
    {
        lock (_lock) _fault = null;
    }

    public void Fault(string text)
    {
        lock (_lock) _fault = text;
    }

    /// <summary>A batch was fetched: these entries wait for their commit.</summary>
    public void Fetched(Turn turn)
    {
        lock (_lock)
        {
            Array.Clear(_waiting);
            for (var i = 0; i < turn.Batch.Count; i++)
            {
                var (link, id) = (IndexOf(turn.LinkOf(i)), turn.Batch[i].Id);
                if (_waiting[link] == default || id < _waiting[link]) _waiting[link] = id;
            }
        }
    }

    public void Committed(CommitBatch commit)
    {
        lock (_lock)
        {
            Commits++;
            _commitAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            _fault = null;
            Array.Clear(_waiting);
            foreach (var part in commit.Links)
            {
                var link = IndexOf(part.Link);
                if (part.Cursor > _committed[link]) _committed[link] = part.Cursor;
            }
        }
    }

    public IReadOnlyList<RunnerProgress> Snapshot()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            return
            [
                .. links.Select((link, i) => new RunnerProgress(
                    seat.Role, seat.Shard, link.Stream.Name, link.StreamKey, _hasLease,
                    _committed[i] == default ? "" : _committed[i].ToString(), _commitAtMs,
                    _waiting[i] == default ? 0 : Math.Max(0, now - _waiting[i].Ms),
                    (long)link.Stream.LagObjective.TotalMilliseconds, _fault)),
            ];
        }
    }

    private int IndexOf(LogLink link)
    {
        for (var i = 0; i < links.Count; i++)
            if (ReferenceEquals(links[i], link)) return i;
        return 0;
    }
}
