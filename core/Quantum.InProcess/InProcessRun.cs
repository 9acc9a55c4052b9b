using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.InProcess;

/// <summary>Looks at an event of a run, in order, before any role handles it.</summary>
public delegate void EventObserver<TEvent>(in TEvent payload, in Input input) where TEvent : struct;

/// <summary>
/// Drives roles over a memory log in one thread, in rounds: a step of the tape is offered whole, then each role, in
/// their fixed order, handles what the round holds for it in the order in which it was appended, and what it publishes
/// stands in the next round, until one is empty. So does a tape that is played through Redis. The tape's time is the
/// time. The same inputs give the same bytes on every stream: <see cref="HashOfOrderedStreams"/> proves it.
/// </summary>
public sealed class InProcessRun : IDisposable
{
    private readonly InProcessSettings _settings;
    private readonly TapeTime _time = new();
    private readonly MemoryEventLog _log;
    private readonly InProcessRole[] _roles;
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EventSource> _sources = [];
    private readonly RunHash _hash = new();
    private List<Delivery> _round = [];
    private List<Delivery> _next = [];

    /// <param name="settings">How to run.</param>
    /// <param name="roles">How to make each role, in the order in which they handle an entry.</param>
    public InProcessRun(InProcessSettings settings, params IReadOnlyList<Func<Role>> roles)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(roles);
        _settings = settings;
        _log = new MemoryEventLog(time: _time) { Appended = OnAppended };
        _roles = [.. roles.Select(create => new InProcessRole(_log, settings, create))];
        foreach (var twice in _roles.GroupBy(role => role.Name).Where(group => group.Count() > 1))
            throw new ArgumentException($"the role '{twice.Key}' is given twice: it has one owner.", nameof(roles));
        foreach (var stream in StreamCatalog.All)
        {
            _lanes[stream.Key] = new Lane(stream, [.. _roles.Select(role => role.Streams.Contains(stream))]);
        }
    }

    /// <summary>The streams of the run, to be read.</summary>
    public MemoryEventLog Log => _log;

    /// <summary>
    /// SHA-256, as hex, over every entry of the ordered streams so far, dead letters aside.
    /// </summary>
    public string HashOfOrderedStreams => _hash.Text;

    /// <summary>Events on ordered streams so far.</summary>
    public long OrderedEvents { get; private set; }

    /// <summary>Inputs that roles have handled, clock readings included.</summary>
    public long Inputs => _roles.Sum(role => role.Inputs);

    /// <summary>Entries that a role could not read.</summary>
    public long DeadLettersWritten { get; private set; }

    /// <summary>The tape's time, UTC epoch ms.</summary>
    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Lets somebody look at a stream; call it before the first event.</summary>
    public void Observe<TEvent>(EventStream<TEvent> stream, EventObserver<TEvent> observer) where TEvent : struct
    {
        ArgumentNullException.ThrowIfNull(stream);
        var lane = _lanes[stream.Key];
        lane.Observers.Add(observer);
        lane.ObserveEntry += entry =>
        {
            var fields = entry.Fields;
            if (stream.TryDecode(in fields, entry.Id, out var envelope, out var payload, out _))
                observer(in payload, new Input(envelope, entry.Id));
        };
    }

    /// <summary>A step of one source event: <see cref="Offer"/> and <see cref="Settle"/>.</summary>
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
        if (atMs < NowMs && NowMs > 1)
            throw new ArgumentOutOfRangeException(
                nameof(atMs), $"{atMs} is before the tape's time {NowMs}: play in order.");
        _time.MoveTo(atMs);
        if (stream.IsTail && _settings.PassesTailsTyped) Pass(stream, in payload, atMs);
        else SourceOf(source ?? stream.Producers[0]).Publish(stream, in payload, eventId, atMs);
    }

    /// <summary>Handles what was offered, and what comes of it, round by round until nothing is left.</summary>
    public void Settle()
    {
        for (var inputs = 0; _next.Count > 0;)
        {
            (_round, _next) = (_next, _round);
            inputs += _round.Count;
            if (inputs > _settings.MostInputsPerEvent)
                throw new InvalidOperationException(
                    $"one step led to {inputs} events and no end, last on {_round[^1].Lane.Stream}: roles feed each "
                    + "other.");
            foreach (var delivery in _round) delivery.Observe();
            for (var role = 0; role < _roles.Length; role++)
            {
                foreach (var delivery in _round)
                    if (delivery.Lane.IsReadBy[role] && !delivery.HandTo(_roles[role])) DeadLettersWritten++;
            }

            _round.Clear();
        }
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

    /// <summary>Restarts a role from its saved state, as after a crash behind its last commit.</summary>
    public void Restart(string role) =>
        (Array.Find(_roles, known => known.Name == role)
            ?? throw new KeyNotFoundException($"the run has no role '{role}'.")).Restart();

    /// <summary>Why a role did not act, and how often.</summary>
    public IReadOnlyList<ReasonCount> ReasonsOf(string role) => _log.ReasonsOf(_log.Keys.SeatsOf(role)[0]);

    public void Dispose()
    {
        foreach (var role in _roles) role.Dispose();
        _log.Dispose();
        _hash.Dispose();
    }

    private void Pass<TEvent>(EventStream<TEvent> stream, in TEvent payload, long atMs) where TEvent : struct
    {
        if (stream.Codec.FaultOf(in payload) is { } fault)
            throw new FormatException($"{typeof(TEvent).Name} cannot be sent: {fault}");
        var lane = _lanes[stream.Key];
        lane.LastId = atMs > lane.LastId.Ms ? new EntryId(atMs, 0) : lane.LastId.Next();
        _next.Add(new TypedDelivery<TEvent>(lane, stream, payload, atMs, lane.LastId, _settings.Mode));
    }

    private void OnAppended(string streamKey, StoredEntry entry)
    {
        if (!_lanes.TryGetValue(streamKey, out var lane)) return;
        if (!lane.Stream.IsTail)
        {
            _hash.Add(streamKey, entry);
            OrderedEvents++;
        }

        if (lane.HasReaders || lane.ObserveEntry is not null) _next.Add(new StoredDelivery(lane, entry));
        var stream = _log.StreamOf(streamKey);
        if (stream.Count > 2L * _settings.KeepEntries) stream.TrimTo(_settings.KeepEntries);
    }

    private EventSource SourceOf(string producer)
    {
        if (!_sources.TryGetValue(producer, out var source))
            _sources[producer] = source = new EventSource(_log, producer, _settings.Mode, isTape: true, traces: false);
        return source;
    }

    /// <summary>One stream of the run and who looks at it.</summary>
    private sealed class Lane(EventStream stream, bool[] isReadBy)
    {
        public EventStream Stream => stream;

        /// <summary>By the role's place.</summary>
        public bool[] IsReadBy => isReadBy;

        public bool HasReaders { get; } = isReadBy.Contains(true);
        public List<Delegate> Observers { get; } = [];
        public Action<StoredEntry>? ObserveEntry { get; set; }
        public EntryId LastId { get; set; }
    }

    /// <summary>An event of a round.</summary>
    private abstract class Delivery(Lane lane)
    {
        public Lane Lane => lane;

        public abstract void Observe();

        /// <summary>False when it went to the dead letters.</summary>
        public abstract bool HandTo(InProcessRole role);
    }

    private sealed class StoredDelivery(Lane lane, StoredEntry entry) : Delivery(lane)
    {
        public override void Observe() => Lane.ObserveEntry?.Invoke(entry);

        public override bool HandTo(InProcessRole role) => role.Handle(Lane.Stream, entry);
    }

    /// <summary>An event that was never written.</summary>
    private sealed class TypedDelivery<TEvent>(
        Lane lane, EventStream<TEvent> stream, TEvent payload, long atMs, EntryId id, TradingMode mode) : Delivery(lane)
        where TEvent : struct
    {
        private readonly TEvent _payload = payload;

        public override void Observe()
        {
            if (Lane.Observers.Count == 0) return;
            var input = Input();
            foreach (var observer in Lane.Observers) ((EventObserver<TEvent>)observer)(in _payload, in input);
        }

        public override bool HandTo(InProcessRole role)
        {
            var input = Input();
            role.Handle(stream, in _payload, in input);
            return true;
        }

        private Input Input() => new(new Envelope { AtMs = atMs, Mode = mode, Version = stream.SchemaVersion }, id);
    }
}
