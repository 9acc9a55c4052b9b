using System.Diagnostics;
using Quantum.EventLog;

namespace Quantum.Market;

/// <summary>
/// Where a tape waits for its readers: until each of their groups has read and acknowledged everything. Never passes
/// early.
/// </summary>
public sealed class ReaderBarrier
{
    private const int EagerPolls = 8;
    private const int BriskPolls = 40;

    // The last reader rings; a ring that was lost costs no more than this.
    private static readonly TimeSpan s_briskRing = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestRing = TimeSpan.FromMilliseconds(50);

    private readonly IEventLog _log;
    private readonly ITapeLog? _turns;
    private readonly IFeedStore _store;
    private readonly IReadOnlyList<LogLink> _links;
    private readonly ILogger _logger;
    private readonly TimeSpan _tellEvery;

    /// <param name="log">The event log.</param>
    /// <param name="store">Tells which groups exist.</param>
    /// <param name="roles">Whom to wait for.</param>
    /// <param name="logger">Told who holds the tape up.</param>
    /// <param name="tellEvery">How often; 30 s unless given.</param>
    public ReaderBarrier(
        IEventLog log, IFeedStore store, IEnumerable<string> roles, ILogger logger, TimeSpan? tellEvery = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_log, _store, _logger, _tellEvery) = (log, store, logger, tellEvery ?? TimeSpan.FromSeconds(30));
        _turns = log as ITapeLog;
        _links = log.Keys.LinksOf(roles);
    }

    /// <summary>Whose readers are waited for.</summary>
    public IReadOnlyList<LogLink> Links => _links;

    /// <summary>
    /// Waits until every reader's group exists: what is published before that, its reader might not see.
    /// </summary>
    public void WaitForReaders(CancellationToken cancel)
    {
        var (told, pause) = (Stopwatch.StartNew(), TimeSpan.FromMilliseconds(100));
        for (var isFirst = true; ; isFirst = false)
        {
            var missing = Missing();
            if (missing.Count == 0) return;
            if (isFirst || told.Elapsed >= _tellEvery)
            {
                _logger.LogInformation(
                    "waiting for {Count} of {All} readers, next {Group}", missing.Count, _links.Count, missing[0]);
                told.Restart();
            }

            cancel.WaitHandle.WaitOne(pause);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Waits until all is read and nothing came of it any more, turn by turn where the log has turns. Throws
    /// <see cref="LogUnavailableException"/> as the log does, and when cancelled.
    /// </summary>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="ends">True ends the turns: from then on what is published is there at once.</param>
    /// <param name="isTurned">True when a turn was just taken, so that its readers are waited for first.</param>
    public void Wait(CancellationToken cancel, bool ends = false, bool isTurned = false)
    {
        var (told, patience) = (Stopwatch.StartNew(), isTurned ? s_briskRing : TimeSpan.Zero);
        for (var polls = 1; ; polls++)
        {
            if (IsQuiet(ends, patience, out var hasMoved, out var blocker)) return;
            if (hasMoved) polls = 0;
            patience = polls <= EagerPolls ? s_briskRing : s_longestRing;
            cancel.ThrowIfCancellationRequested();
            if (told.Elapsed >= _tellEvery)
            {
                _logger.LogWarning(
                    "the tape has waited {Seconds:0} s for {Blocker}: is its service running? (waiting goes on)",
                    told.Elapsed.TotalSeconds, blocker);
                told.Restart();
            }

            // Where there are turns the next one waits itself. Elsewhere the call itself takes about 0.2 ms; a reader
            // that has work needs the processor more than we do.
            if (_turns is not null) continue;
            if (polls <= EagerPolls) Thread.Yield();
            else cancel.WaitHandle.WaitOne(polls <= BriskPolls ? 1 : 2);
        }
    }

    private bool IsQuiet(bool ends, TimeSpan patience, out bool hasMoved, out string? blocker)
    {
        hasMoved = false;
        if (_turns is null) return _log.IsQuiet(_links, out blocker);
        hasMoved = _turns.Turn(_links, ends, out blocker, patience) > 0;
        return blocker is null && !hasMoved;
    }

    private List<string> Missing()
    {
        var missing = new List<string>();
        foreach (var stream in _links.GroupBy(link => link.StreamKey))
        {
            var groups = _store.GroupsOf(stream.Key);
            missing.AddRange(stream.Select(link => link.Group).Distinct().Where(group => !groups.Contains(group)));
        }

        return missing;
    }
}
