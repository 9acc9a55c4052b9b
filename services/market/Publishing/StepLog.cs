using Quantum.EventLog;

namespace Quantum.Market.Publishing;

/// <summary>
/// Collects what is published of one step of a tape and offers it whole: one call instead of one an event, and all of
/// it or nothing is there after a crash. For one thread.
/// </summary>
public sealed class StepLog(ITapeLog log) : IEventLog
{
    private readonly Stack<FieldBuffer> _spare = new();
    private readonly List<NewEntry> _step = [];
    private long _number;

    public LogKeys Keys => log.Keys;

    /// <summary>Begins the tape's turns, or takes them up.</summary>
    public void Begin() => _number = log.BeginTurns();

    /// <summary>
    /// Offers the step, and takes its first turn; to be repeated when the log was away. False when there is nothing to
    /// offer.
    /// </summary>
    /// <param name="links">Whose readers are waited for.</param>
    public bool Offer(IReadOnlyList<LogLink> links)
    {
        if (_step.Count == 0) return false;
        log.Offer(_number + 1, RoleNames.MarketPublisher, _step, links);
        _number++;
        foreach (var entry in _step) _spare.Push(entry.Fields);
        _step.Clear();
        return true;
    }

    public EntryId Append(string streamKey, FieldBuffer entry, long maxLength = 0)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var copy = _spare.TryPop(out var spare) ? spare : new FieldBuffer();
        copy.Clear();
        var fields = entry.Fields;
        for (var i = 0; i < fields.Count; i++) copy.Add(fields.Name(i), fields.Value(i));
        _step.Add(new NewEntry(streamKey, copy, maxLength));
        return EntryId.Zero;
    }

    // An offer is there once under its number, and what a step that broke off wrote is counted.
    public EntryId AppendOnce(string streamKey, string dedupeId, FieldBuffer entry) => Append(streamKey, entry);

    public ILogSession OpenSession(RoleSeat seat) => log.OpenSession(seat);

    public bool IsQuiet(IReadOnlyList<LogLink> links, out string? blocker) => log.IsQuiet(links, out blocker);

    /// <summary>The log is its owner's to end.</summary>
    public void Dispose()
    {
    }
}
