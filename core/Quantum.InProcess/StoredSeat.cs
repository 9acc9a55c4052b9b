using Quantum.EventLog;

namespace Quantum.InProcess;

/// <summary>
/// What the log keeps of one seat: lease, cursors, state, journal and reason counts. Guarded by the log's gate.
/// </summary>
internal sealed class StoredSeat
{
    private const int JournalKeep = 10_000;
    private readonly List<(long Sequence, string Text)> _journal = [];
    private readonly Dictionary<string, StateCopy> _state = new(StringComparer.Ordinal);

    public string Owner { get; set; } = "";
    public long Epoch { get; set; }
    public long UntilMs { get; set; }
    public int Fruitless { get; set; }
    public long Sequence { get; private set; }
    public long ClockMs { get; private set; }

    /// <summary>When its last commit was, UTC epoch ms; 0 before the first.</summary>
    public long CommittedMs { get; set; }

    public Dictionary<string, EntryId> Cursors { get; } = new(StringComparer.Ordinal);

    /// <summary>What is saved, in the order of the fields' names.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> State => _state
        .OrderBy(static saved => saved.Key, StringComparer.Ordinal)
        .Select(static saved => KeyValuePair.Create(saved.Key, saved.Value.Json));

    public Dictionary<(string Counter, string Reason, string? Subject), ReasonCount> Reasons { get; } = [];
    public IReadOnlyList<(long Sequence, string Text)> Journal => _journal;

    /// <summary>Null when the commit may be applied.</summary>
    public CommitReply? Refusal(string owner, long epoch, long expected)
    {
        if (epoch == 0 || Owner != owner || Epoch != epoch) return CommitReply.Fenced;
        if (Sequence == expected + 1) return CommitReply.Duplicate;
        return Sequence == expected ? null : CommitReply.Stale;
    }

    /// <summary>All of a commit that concerns the seat alone.</summary>
    public void Apply(CommitBatch commit)
    {
        Sequence++;
        if (commit.ClockMs != 0) ClockMs = commit.ClockMs;
        foreach (var link in commit.Links)
            if (link.Cursor != EntryId.Zero) Cursors[link.Link.StreamKey] = link.Cursor;
        if (commit.Journal.Length > 0) _journal.Add((Sequence, commit.Journal));
        foreach (var write in commit.State)
        {
            var saved = write.Copy ?? (write.Value is { } json ? new StateCopy(json) : null);
            if (saved is null) _state.Remove(write.Field);
            else _state[write.Field] = saved;
        }

        foreach (var count in commit.Reasons) Add(count);
        if (_journal.Count > JournalKeep) _journal.RemoveRange(0, _journal.Count - JournalKeep);
        Fruitless = 0;
    }

    public SavedRole Save() => new(Sequence, ClockMs, new Dictionary<string, EntryId>(Cursors), [.. State]);

    private void Add(ReasonCount count)
    {
        var key = (count.Counter, count.Reason, count.Subject);
        Reasons[key] = count with { Times = count.Times + (Reasons.TryGetValue(key, out var known) ? known.Times : 0) };
    }
}
