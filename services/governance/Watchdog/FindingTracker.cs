namespace Quantum.Governance.Watchdog;

/// <summary>
/// Turns the findings of each look into what there is to tell. A finding must be seen in every look for a while before
/// it is one, so that a start-up, a restart or a hand-over is no alarm; and be gone as long before it is over.
/// </summary>
public sealed class FindingTracker(TrackerSettings settings)
{
    private readonly SortedDictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private long? _lookedAtMs;
    private long? _startedAtMs;

    /// <summary>Takes up what an earlier watchdog told; what is known already stays.</summary>
    public void Adopt(IEnumerable<FindingMemory> remembered)
    {
        ArgumentNullException.ThrowIfNull(remembered);
        foreach (var (last, _) in remembered)
        {
            if (last.Kind == ChangeKind.Cleared) continue;
            _watched.TryAdd(last.Finding.Key, new Watched { SinceMs = last.SinceMs, Now = last.Finding, Told = last });
        }
    }

    /// <summary>Takes in what a look found.</summary>
    /// <param name="findings">All of it.</param>
    /// <param name="nowMs">When, UTC epoch ms.</param>
    /// <param name="isProof">False when one may hide behind what could not be asked: what is not found is not over
    /// then.</param>
    public IReadOnlyList<FindingChange> Look(IEnumerable<WatchedFinding> findings, long nowMs, bool isProof = true)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (nowMs - _lookedAtMs > settings.LongestGapMs) ForgetUnproven(_ => true);
        _startedAtMs ??= nowMs;
        _lookedAtMs = nowMs;
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var finding in findings.Where(finding => finding.Severity > Severity.Info))
        {
            seen.Add(finding.Key);
            See(finding, nowMs);
        }

        if (isProof) foreach (var key in _watched.Keys.Where(key => !seen.Contains(key)).ToList()) Miss(key, nowMs);
        else ForgetUnproven(key => !seen.Contains(key));
        return Changes(_ => true, nowMs);
    }

    /// <summary>Takes in that no look was possible: of everything else nothing new is known.</summary>
    public IReadOnlyList<FindingChange> Blind(WatchedFinding why, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(why);
        _startedAtMs ??= nowMs;
        _lookedAtMs = nowMs;
        ForgetUnproven(key => key != why.Key);
        See(why, nowMs);
        return Changes(key => key == why.Key, nowMs);
    }

    private void See(WatchedFinding finding, long nowMs)
    {
        if (!_watched.TryGetValue(finding.Key, out var watched))
            _watched[finding.Key] = watched = new Watched { SinceMs = nowMs, Now = finding };
        watched.Now = finding;
        watched.MissedSinceMs = null;
    }

    private void Miss(string key, long nowMs)
    {
        if (_watched[key].Told is null) _watched.Remove(key);
        else _watched[key].MissedSinceMs ??= nowMs;
    }

    private void ForgetUnproven(Func<string, bool> which)
    {
        foreach (var (key, watched) in _watched.Where(entry => which(entry.Key)).ToList())
        {
            watched.MissedSinceMs = null;
            if (watched.Told is null) _watched.Remove(key);
        }
    }

    private List<FindingChange> Changes(Func<string, bool> which, long nowMs)
    {
        var changes = new List<FindingChange>();
        foreach (var (key, watched) in _watched.Where(entry => which(entry.Key)).ToList())
        {
            if (KindOf(watched, nowMs) is not { } kind) continue;
            // It stays as bad as it was told until it is over: up and down again is no news.
            var worst = watched.Told is { } told && told.Finding.Severity > watched.Now.Severity
                ? watched.Now with { Severity = told.Finding.Severity }
                : watched.Now;
            var change = new FindingChange(kind, worst, watched.SinceMs, nowMs);
            watched.Told = change;
            if (kind == ChangeKind.Cleared) _watched.Remove(key);
            changes.Add(change);
        }

        // What is cut off a long message is what matters least.
        return
        [
            .. changes.OrderBy(change => change.Kind == ChangeKind.Cleared)
                .ThenByDescending(change => change.Finding.Severity)
                .ThenByDescending(change => change.Finding.Count),
        ];
    }

    private ChangeKind? KindOf(Watched watched, long nowMs)
    {
        if (watched.Told is not { } told)
        {
            var isSure = nowMs - watched.SinceMs >= settings.ConfirmMs && nowMs - _startedAtMs >= settings.StartMs;
            return isSure ? ChangeKind.Raised : null;
        }

        if (watched.MissedSinceMs is { } missed)
            return nowMs - missed >= settings.ConfirmMs ? ChangeKind.Cleared : null;
        if (watched.Now.Severity > told.Finding.Severity) return ChangeKind.Changed;
        if (watched.Now.Grows && watched.Now.Count > told.Finding.Count && nowMs - told.AtMs >= settings.GrowthMs)
            return ChangeKind.Changed;
        return told.Finding.Severity == Severity.Critical && nowMs - told.AtMs >= settings.RemindMs
            ? ChangeKind.Reminder
            : null;
    }

    private sealed class Watched
    {
        public required long SinceMs { get; init; }
        public required WatchedFinding Now { get; set; }
        public FindingChange? Told { get; set; }
        public long? MissedSinceMs { get; set; }
    }
}
