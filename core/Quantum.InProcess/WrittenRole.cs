using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.InProcess;

/// <summary>
/// A role that reads entries and commits, as over Redis: the runner's driver and clock, one input at a time, each in a
/// commit of its own.
/// </summary>
internal sealed class WrittenRole : RunRole
{
    private readonly InProcessSettings _settings;
    private readonly Func<Role> _create;
    private readonly ILogSession _session;
    private readonly LogKeys _keys;
    private readonly RoleSeat _seat;
    private readonly MemoryEventLog _log;
    private readonly CommitBatch _commit = new();
    private readonly Dictionary<EventStream, LogLink> _links = [];
    private RoleDriver _driver;
    private ClockFeed _clock;
    private long _sequence;

    public WrittenRole(MemoryEventLog log, InProcessSettings settings, Func<Role> create)
    {
        (_settings, _create, _log, _keys) = (settings, create, log, log.Keys);
        var role = create();
        _seat = log.Keys.SeatsOf(role.Name)[0];
        _session = log.OpenSession(_seat);
        _session.Acquire("in-process", TimeSpan.FromDays(1));
        (_driver, _clock) = Bind(role);
        // Throws for a stream that the catalog does not let this role read.
        foreach (var stream in _driver.Streams) _links[stream] = _keys.LinksOf(_seat, stream)[0];
    }

    public override string Name => _seat.Role;

    public override IEnumerable<EventStream> Streams => _driver.Streams;

    public override IReadOnlyList<ReasonCount> Reasons => _log.ReasonsOf(_seat);

    /// <summary>Handles an entry; false when it went to the dead letters.</summary>
    public bool Handle(EventStream stream, StoredEntry entry)
    {
        Begin();
        Inputs++;
        var fields = entry.Fields;
        if (ClockFeed.TryTimeOf(in fields, stream.IsTail, out var atMs)) FeedClock(atMs);
        var isRead = true;
        try
        {
            isRead = _driver.TryHandle(_links[stream], in fields, entry.Id, out var fault);
            if (!isRead) Refuse(_links[stream], entry, fault);
        }
        catch (Exception error)
        {
            throw Failed(stream.Name, entry.Id, error);
        }

        Commit();
        return isRead;
    }

    public override void Strike(long atMs)
    {
        Begin();
        FeedClock(atMs);
        Commit();
    }

    public override void Restart()
    {
        if (!_settings.SavesState) throw NotSaved();
        var saved = _session.Load();
        (_driver, _clock) = Bind(_create());
        _driver.Role.State.Load(saved.State);
        (_clock.AtMs, _sequence) = (saved.ClockMs, saved.Sequence);
    }

    public override void Dispose()
    {
        _session.Dispose();
        base.Dispose();
    }

    private (RoleDriver Driver, ClockFeed Clock) Bind(Role role)
    {
        var driver = new RoleDriver(role, _seat, _keys, _settings.Mode, traces: false);
        return (driver, new ClockFeed(driver.HasClock));
    }

    private void Begin()
    {
        _commit.Clear();
        _commit.ExpectedSequence = _sequence;
        _driver.Open(_commit);
    }

    private void FeedClock(long atMs)
    {
        if (!_clock.Pass(atMs, out var strikes)) return;
        _commit.ClockMs = _clock.AtMs;
        if (!strikes) return;
        Inputs++;
        try
        {
            _driver.Strike(_clock.AtMs);
        }
        catch (Exception error)
        {
            throw Failed("the clock", new EntryId(_clock.AtMs, 0), error);
        }
    }

    private void Refuse(LogLink link, StoredEntry entry, DecodeFault fault)
    {
        var fields = entry.Fields;
        var target = _commit.AddOutput(_keys.DeadLetters(link.Stream, _seat.Shard));
        DeadLetters.Write(
            target, link, new LogEntry(0, entry.Id, 1, false), in fields, WireNames.Of(fault.Kind), fault.Text, Name,
            Math.Max(_clock.AtMs, entry.Id.Ms));
    }

    private void Commit()
    {
        if (_settings.SavesState) _driver.Save(_commit);
        if (_commit.IsEmpty) return;
        var reply = _session.Commit(_commit);
        if (reply != CommitReply.Ok) throw new InvalidOperationException($"the commit of {Name} was refused: {reply}.");
        _sequence++;
    }
}
