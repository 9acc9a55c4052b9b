using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.InProcess;

/// <summary>Looks at an event of a run, in order, before any role handles it.</summary>
public delegate void EventObserver<TEvent>(in TEvent payload, in Input input) where TEvent : struct;

/// <summary>
/// Drives roles in one thread, in rounds: a step of the tape is offered whole, then each role, in their fixed order,
/// handles what the round holds for it in the order in which it came there, and what it publishes stands in the next
/// round, until one is empty. So does a tape that is played through Redis. The tape's time is the time. Events pass as
/// they are, or by way of a memory log (<see cref="InProcessSettings.PassesTyped"/>): the same inputs give the same
/// bytes on every stream, and <see cref="HashOfOrderedStreams"/> proves it.
/// </summary>
public sealed class InProcessRun : IDisposable
{
    private readonly InProcessSettings _settings;
    private readonly TapeTime _time = new();
    private readonly MemoryEventLog _log;
    private readonly RunRole[] _roles;
    private readonly TypedLanes _typed;
    private readonly Dictionary<string, WrittenLane> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EventSource> _sources = [];
    private readonly EventRound _round = new();
    private readonly RunHash _hash = new();
    private long _ordered;

    /// <param name="settings">How to run.</param>
    /// <param name="roles">How to make each role, in the order in which they handle an entry.</param>
    public InProcessRun(InProcessSettings settings, params IReadOnlyList<Func<Role>> roles)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(roles);
        if (roles.Count > RunLane.MostRoles)
            throw new ArgumentException(
                $"{roles.Count} roles are given: a run has {RunLane.MostRoles} at most.", nameof(roles));
        _settings = settings;
        _log = new MemoryEventLog(time: _time) { Appended = OnAppended };
        _typed = new TypedLanes(settings, _round, _log, _hash);
        _roles = settings.PassesTyped ? MakeTyped(roles) : MakeWritten(roles);
        foreach (var twice in _roles.GroupBy(role => role.Name).Where(group => group.Count() > 1))
            throw new ArgumentException($"the role '{twice.Key}' is given twice: it has one owner.", nameof(roles));
    }

    /// <summary>What was written of the run, to be read.</summary>
    public MemoryEventLog Log => _log;

    /// <summary>
    /// SHA-256, as hex, over every entry of the ordered streams so far, dead letters aside.
    /// </summary>
    public string HashOfOrderedStreams => _settings.WritesStreams || !_settings.PassesTyped
        ? _hash.Text
        : throw new InvalidOperationException("nothing is hashed: the run does not write its streams (WritesStreams).");

    /// <summary>Events on ordered streams so far.</summary>
    public long OrderedEvents => _ordered + _typed.OrderedEvents;

    /// <summary>Inputs that roles have handled, clock readings included.</summary>
    public long Inputs => _roles.Sum(role => role.Inputs);

    /// <summary>Entries that a role could not read.</summary>
    public long DeadLettersWritten { get; private set; }

    /// <summary>The tape's time, UTC epoch ms.</summary>
    public long NowMs => _time.NowMs;

    /// <summary>Lets somebody look at a stream; call it before the first event.</summary>
    public void Observe<TEvent>(EventStream<TEvent> stream, EventObserver<TEvent> observer) where TEvent : struct
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (_settings.PassesTyped) _typed.Of(stream).Observe(observer);
        else _written[stream.Key].Observe(stream, observer);
    }

    /// <summary>A step of one source event: it is offered and settled.</summary>
    public void Publish<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, long atMs, string eventId = "", string? source = null)
        where TEvent : struct
    {
        Offer(stream, in payload, atMs, eventId, source);
        Settle();
    }

    /// <summary>
    /// Publishes a source event; it is handled when the run settles. <paramref name="atMs"/> is the tape's time,
    /// which only goes forward; <paramref name="eventId"/> must be unique on ordered streams and is unused on tail
    /// streams.
    /// </summary>
    public void Offer<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, long atMs, string eventId = "", string? source = null)
        where TEvent : struct
    {
        ArgumentNullException.ThrowIfNull(stream);
        MoveTo(atMs);
        source ??= stream.Producers[0];
        if (_settings.PassesTyped) _typed.For(stream, source).Offer(in payload, atMs, eventId, source);
        else SourceOf(source).Publish(stream, in payload, eventId, atMs);
    }

    /// <summary>
    /// Publishes a source event of an ordered stream whose id is <paramref name="idText"/> and
    /// <paramref name="idNumber"/>: it is formed when somebody asks for it.
    /// </summary>
    public void Offer<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, long atMs, string idText, long idNumber) where TEvent : struct
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!_settings.PassesTyped)
        {
            Offer(stream, in payload, atMs, string.Create(CultureInfo.InvariantCulture, $"{idText}{idNumber}"));
            return;
        }

        MoveTo(atMs);
        var source = stream.Producers[0];
        _typed.For(stream, source).Offer(in payload, atMs, idText, idNumber, source);
    }

    /// <summary>Handles what was offered, and what comes of it, round by round until nothing is left.</summary>
    public void Settle()
    {
        for (var inputs = 0; _round.Turn();)
        {
            var events = _round.Events;
            var readers = _round.Readers;
            inputs += events.Length;
            if (inputs > _settings.MostInputsPerEvent)
                throw new InvalidOperationException(
                    $"one step led to {inputs} events and no end, last on {events[^1].Lane.Stream}: roles feed each "
                    + "other.");
            foreach (ref readonly var item in events)
                if (item.Lane.IsObserved) item.Lane.Observe(item.Index);
            for (var role = 0; role < _roles.Length; role++)
            {
                var bit = 1UL << role;
                if ((readers & bit) == 0) continue;
                foreach (ref readonly var item in events)
                    if ((item.Readers & bit) != 0 && !item.Lane.HandTo(role, item.Index)) DeadLettersWritten++;
            }
        }

        _typed.Chain.Clear();
    }

    /// <summary>Moves the tape's time without an event: the clocks strike, deadlines pass.</summary>
    public void AdvanceTo(long atMs)
    {
        _time.MoveTo(atMs);
        foreach (var role in _roles)
        {
            role.Strike(atMs);
            Settle();
        }
    }

    /// <summary>Restarts a role from its saved state, as after a crash behind its last input.</summary>
    public void Restart(string role) => RoleOf(role).Restart();

    /// <summary>Why a role did not act, and how often.</summary>
    public IReadOnlyList<ReasonCount> ReasonsOf(string role) => RoleOf(role).Reasons;

    public void Dispose()
    {
        foreach (var role in _roles) role.Dispose();
        _log.Dispose();
        _hash.Dispose();
    }

    private TypedRole[] MakeTyped(IReadOnlyList<Func<Role>> roles) =>
        _typed.Roles = [.. roles.Select(create => new TypedRole(_settings, _typed, create))];

    private WrittenRole[] MakeWritten(IReadOnlyList<Func<Role>> roles)
    {
        WrittenRole[] made = [.. roles.Select(create => new WrittenRole(_log, _settings, create))];
        foreach (var stream in StreamCatalog.All) _written[stream.Key] = new WrittenLane(stream, made);
        return made;
    }

    private void MoveTo(long atMs)
    {
        if (atMs < NowMs && NowMs > 1)
            throw new ArgumentOutOfRangeException(
                nameof(atMs), $"{atMs} is before the tape's time {NowMs}: play in order.");
        _time.MoveTo(atMs);
    }

    private RunRole RoleOf(string name) => Array.Find(_roles, known => known.Name == name)
        ?? throw new KeyNotFoundException($"the run has no role '{name}'.");

    private void OnAppended(string streamKey, StoredEntry entry)
    {
        if (_settings.PassesTyped)
            throw new InvalidOperationException(
                $"an entry was appended to {streamKey}, which nobody reads: where events pass typed, offer them.");
        if (!_written.TryGetValue(streamKey, out var lane)) return;
        if (!lane.Stream.IsTail)
        {
            _hash.Add(streamKey, entry);
            _ordered++;
        }

        lane.Take(entry, _round);
        var stream = _log.StreamOf(streamKey);
        if (stream.Count > 2L * _settings.KeepEntries) stream.TrimTo(_settings.KeepEntries);
    }

    private EventSource SourceOf(string producer)
    {
        if (!_sources.TryGetValue(producer, out var source))
            _sources[producer] = source = new EventSource(_log, producer, _settings.Mode, isTape: true, traces: false);
        return source;
    }
}
