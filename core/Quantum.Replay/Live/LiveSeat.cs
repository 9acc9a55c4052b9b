using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.EventLog;

namespace Quantum.Replay.Live;

/// <summary>
/// Follows one role of a running system: begins with the state that its last commit left, and is given what each commit
/// behind it consumed. Where something of that is gone it begins anew with the state of then.
/// </summary>
internal sealed class LiveSeat
{
    private const int Page = 100;

    private readonly ArchiveRedis _redis;
    private readonly LogKeys _keys;
    private readonly RoleSeat _at;
    private readonly Func<Role> _maker;
    private readonly TradingMode _mode;
    private readonly bool _isTape;
    private readonly string[] _stateKeys;
    private readonly LogBatch _page = new();
    private LiveSource? _entries;
    private ReplayedSeat? _seat;
    private EntryId _cursor;
    private long _committedAtMs;
    private int _connects;
    private string? _why;

    public LiveSeat(ArchiveRedis redis, LogKeys keys, string role, Func<Role> maker, TradingMode mode, bool isTape)
    {
        (_redis, _keys, _maker, _mode, _isTape) = (redis, keys, maker, mode, isTape);
        (Role, _at) = (role, keys.SeatsOf(role)[0]);
        _stateKeys =
        [
            keys.Cursor(_at), keys.State(_at), keys.Stage(_at),
            .. StreamCatalog.WrittenBy(role).Select(stream => keys.Stream(stream, _at.Shard)),
        ];
    }

    public string Role { get; }

    /// <summary>True when at the last look nothing waited to be compared.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>True when at the last look more was committed than a page has.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Inputs compared so far, those that led to nothing too.</summary>
    public long Inputs { get; private set; }

    /// <summary>
    /// Reads what was committed since the last look, a page of it. Gives what could not be compared, where it had to
    /// begin anew.
    /// </summary>
    public LiveGap? Read()
    {
        _page.Clear();
        IsWhole = HasMore = false;
        if (_seat is not null && _redis.Connects != _connects) Recheck();
        LiveGap? gap = null;
        if (_seat is null && !TryBegin(out gap)) return null;
        var look = _redis.Read(_keys.Journal(_at), _cursor, Page, _page);
        if (_cursor != default && !(look?.Last >= _cursor)) Drop("what was committed is no longer in Redis");
        // Ids count commits; one that consumed nothing is in no journal, so a stream may begin behind a hole.
        else if (look?.First?.Ms > _cursor.Ms + 1 && _cursor != default)
            Drop("its journal was trimmed");
        IsWhole = _seat is not null && _page.Count == 0;
        return gap;
    }

    /// <summary>Compares what was read, once all that it led to is on its streams.</summary>
    public void Compare(Action<ReplayedInput> each)
    {
        if (_seat is null || _page.Count == 0) return;
        if (_isTape && _redis.Length(_keys.Stage(_at)) > 0) return;
        // The next look makes sure first that it is the same Redis.
        if (_redis.Connects != _connects) return;
        _entries!.Look();
        var inputs = new List<ReplayedInput>();
        var (last, lastMs, count) = (_cursor, _committedAtMs, 0);
        for (var i = 0; i < _page.Count; i++)
        {
            var commit = new ArchivedEntry(_page, i);
            var (text, atMs) = ReplayedSeat.CommitOf(commit);
            foreach (var input in _seat.Commit(text, atMs))
            {
                count++;
                if (input.Recorded.Count + input.Replayed.Count > 0) inputs.Add(input);
            }

            if ((_seat.Missing ?? _entries.Missing) is { } missing)
            {
                Drop($"{missing} was trimmed before it was compared");
                break;
            }

            (last, lastMs) = (commit.Id, atMs);
        }

        if (_redis.Connects != _connects)
        {
            // A Redis that came back may have forgotten the newest, and what was read of it is of two times.
            Drop("Redis was away");
            return;
        }

        (_cursor, _committedAtMs, Inputs) = (last, lastMs, Inputs + count);
        foreach (var input in inputs) each(input);
        HasMore = _seat is not null && _page.Count == Page;
        IsWhole = _seat is not null && !HasMore;
    }

    private void Drop(string why)
    {
        (_seat, _entries, _why) = (null, null, why);
        _page.Clear();
    }

    private bool TryBegin(out LiveGap? gap)
    {
        gap = null;
        var connects = _redis.Connects;
        var (sequence, staged) = _redis.ReadState(_stateKeys, _page);
        if (staged > 0) return false;
        var start = sequence == 0 ? SavedState.None : SavedState.Read(_page, 0);
        _page.Clear();
        if (_why is not null) gap = new LiveGap(Role, _why, Math.Max(0, sequence - _cursor.Ms), sequence);
        (_why, _connects, _cursor, _committedAtMs) = (null, connects, new EntryId(sequence, 0), 0);
        _entries = new LiveSource(_redis, _keys, _at);
        _seat = new ReplayedSeat(_entries, _maker(), _mode, start);
        return true;
    }

    // A Redis that was started again may lack its last second: the same number is another commit then.
    private void Recheck()
    {
        var connects = _redis.Connects;
        _redis.Read(_keys.Journal(_at), new EntryId(_cursor.Ms - 1, long.MaxValue), 1, _page);
        var isSame = _committedAtMs > 0 && _page.Count == 1 && _page[0].Id == _cursor
            && ReplayedSeat.CommitOf(new ArchivedEntry(_page, 0)).AtMs == _committedAtMs;
        _page.Clear();
        if (isSame) _connects = connects;
        else Drop("Redis was away");
    }
}
