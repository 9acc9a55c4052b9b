using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Runner;

/// <summary>
/// What a seat does beside its batches: renewing the lease, moving the groups of its cursor links, retention.
/// </summary>
internal sealed class SeatUpkeep(ILogSession session, SeatWork work, LogLink[] links, BatchContext context)
{
    private readonly EntryId[] _applied = new EntryId[links.Length];
    private readonly EntryId[] _advanced = new EntryId[links.Length];
    private readonly RunnerSettings _settings = context.Settings;
    // The lease was taken just now; loading, however long it takes, renews nothing.
    private long _renewedAt = context.Settings.Time.GetTimestamp();
    private long _advancedAt;
    private long _trimmedAt;

    private TimeProvider Time => _settings.Time;

    public void Loaded(IReadOnlyList<EntryId> committed)
    {
        for (var i = 0; i < _applied.Length; i++) _applied[i] = committed[i];
    }

    public void Renewed() => _renewedAt = Time.GetTimestamp();

    public bool TryRenew()
    {
        if (!session.Renew()) return false;
        Renewed();
        return true;
    }

    public void AfterCommit(CommitBatch commit)
    {
        foreach (var part in commit.Links)
        {
            for (var i = 0; i < links.Length; i++)
                if (ReferenceEquals(links[i], part.Link) && part.Cursor > _applied[i]) _applied[i] = part.Cursor;
        }

        var isDue = _settings.IsTape
            ? !session.AdvancesWithCommit
            : Time.GetElapsedTime(_advancedAt) >= _settings.AdvanceEvery;
        if (isDue) Advance();
        if (Time.GetElapsedTime(_trimmedAt) >= _settings.RetentionEvery) Trim();
    }

    public void WhenIdle()
    {
        if (Time.GetElapsedTime(_renewedAt) >= _settings.RenewEvery && !TryRenew())
            throw new SeatLostException($"the lease of {session.Seat} is another's now");
        if (Time.GetElapsedTime(_advancedAt) >= _settings.AdvanceEvery) Advance();
        if (Time.GetElapsedTime(_trimmedAt) >= _settings.RetentionEvery) Trim();
    }

    /// <summary>Until something of the seat's own falls due.</summary>
    public TimeSpan LongestWait()
    {
        // Not to the last tick: a bell that is answered just before would be waited for once more.
        var untilRenewal = _settings.RenewEvery - Time.GetElapsedTime(_renewedAt);
        var wait = TimeSpan.FromTicks(
            Math.Clamp(untilRenewal.Ticks, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerSecond));
        if (_settings.IsTape || !work.HasClock) return wait;
        var nowMs = context.NowMs();
        var untilClock = TimeSpan.FromMilliseconds(Math.Max(1, 1000 - nowMs % 1000));
        return untilClock < wait ? untilClock : wait;
    }

    private void Advance()
    {
        _advancedAt = Time.GetTimestamp();
        for (var i = 0; i < links.Length; i++)
        {
            if (links[i].Kind != LinkKind.Cursor || _applied[i] <= _advanced[i]) continue;
            session.Advance(links[i], _applied[i]);
            _advanced[i] = _applied[i];
        }
    }

    private void Trim()
    {
        _trimmedAt = Time.GetTimestamp();
        var nowMs = Time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var link in links)
        {
            if (link.Stream.IsTail)
            {
                // A recorded run loses nothing: there tail streams are trimmed behind their readers only.
                if (_settings.IsTape) session.Trim(link.StreamKey, new EntryId(long.MaxValue >> 12, 0));
                else if (link.Stream.Retention.MaxLength is { } length) session.TrimTail(link.StreamKey, length);
            }
            else if (link.Stream.Retention.MinAge is { } age)
            {
                session.Trim(link.StreamKey, new EntryId(nowMs - (long)age.TotalMilliseconds, 0));
            }
        }
    }
}
