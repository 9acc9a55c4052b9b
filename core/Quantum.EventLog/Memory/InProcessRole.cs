using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Runner;

namespace Quantum.EventLog.Memory;

/// <summary>
/// One role of an <see cref="InProcessRun"/>: handles one input at a time, each in a commit of its own.
/// </summary>
internal sealed class InProcessRole : IDisposable
{
    private const long ClockStepMs = 1000;
    private readonly InProcessSettings _settings;
    private readonly Func<Role> _create;
    private readonly RoleSeat _seat;
    private readonly ILogSession _session;
    private readonly LogOutbox _outbox;
    private readonly LogKeys _keys;
    private readonly CommitBatch _commit = new();
    private readonly Dictionary<EventStream, Subscription> _subscriptions = [];
    private readonly Dictionary<EventStream, LogLink> _links = [];
    private Role _role;
    private long _clockMs;
    private long _sequence;

    public InProcessRole(MemoryEventLog log, InProcessSettings settings, Func<Role> create)
    {
        (_settings, _create, _keys) = (settings, create, log.Keys);
        _role = create();
        _seat = log.Keys.SeatsOf(_role.Name)[0];
        _session = log.OpenSession(_seat);
        _session.Acquire("in-process", TimeSpan.FromDays(1));
        _outbox = new LogOutbox(_seat, log.Keys, settings.Mode, traces: false);
        Bind();
    }

    public string Name => _role.Name;

    public RoleSeat Seat => _seat;

    /// <summary>Inputs handled, clock readings included.</summary>
    public long Inputs { get; private set; }

    public IEnumerable<EventStream> Streams => _subscriptions.Keys;

    /// <summary>Handles an entry; false when it went to the dead letters.</summary>
    public bool Handle(EventStream stream, StoredEntry entry)
    {
        Begin();
        var fields = entry.Fields;
        var hasTime = fields.TryGet("ts"u8, stream.IsTail ? 0 : 1, out var text);
        if (hasTime && Utf8Parser.TryParse(text, out long atMs, out _)) FeedClock(atMs);
        _outbox.From(_links[stream]);
        var isRead = true;
        try
        {
            isRead = _subscriptions[stream].TryHandle(in fields, entry.Id, _outbox, out var fault);
            if (!isRead) Refuse(stream, entry, fault);
        }
        catch (Exception error)
        {
            throw Failed(stream.Name, entry.Id, error);
        }

        Commit();
        return isRead;
    }

    /// <summary>Handles an event that was never written.</summary>
    public void Handle<TEvent>(EventStream<TEvent> stream, in TEvent payload, in Input input) where TEvent : struct
    {
        Begin();
        FeedClock(input.AtMs);
        _outbox.From(_links[stream]);
        try
        {
            ((Subscription<TEvent>)_subscriptions[stream]).Handle(in payload, in input, _outbox);
        }
        catch (Exception error)
        {
            throw Failed(stream.Name, input.Position, error);
        }

        Commit();
    }

    /// <summary>Lets the clock strike though nothing arrives.</summary>
    public void Strike(long atMs)
    {
        Begin();
        Inputs--;
        FeedClock(atMs);
        Commit();
    }

    /// <summary>Loses the process: a new role starts from what the commits saved.</summary>
    public void Restart()
    {
        if (!_settings.SavesState)
            throw new InvalidOperationException(
                $"{Name} cannot be restarted: the run does not save state (SavesState).");
        var saved = _session.Load();
        var state = SavesTouched ? saved.State : Snapshot();
        _role = _create();
        _role.State.Load(state);
        (_clockMs, _sequence) = (saved.ClockMs, saved.Sequence);
        Bind();
    }

    public void Dispose() => _session.Dispose();

    private bool SavesTouched => _role.State.Saving == StateSaving.EachCommit;

    // A role with snapshots comes back by handling its journal again: in one process that is where it stands now.
    private List<KeyValuePair<string, byte[]>> Snapshot()
    {
        var state = new List<KeyValuePair<string, byte[]>>();
        _role.State.SaveAll((field, value) =>
        {
            if (value is not null) state.Add(KeyValuePair.Create(field, value));
        });
        return state;
    }

    private void Bind()
    {
        _subscriptions.Clear();
        foreach (var subscription in _role.Subscriptions)
        {
            // Throws for a stream that the catalog does not let this role read.
            _links[subscription.Stream] = _keys.LinksOf(_seat, subscription.Stream)[0];
            _subscriptions[subscription.Stream] = subscription;
        }
    }

    private void Begin()
    {
        _commit.Clear();
        _commit.ExpectedSequence = _sequence;
        _outbox.Open(_commit);
        Inputs++;
    }

    // As in a live tape run: the first reading only sets the clock, later ones strike once when a step is passed.
    private void FeedClock(long atMs)
    {
        if (_role.ClockHandler is not { } strike) return;
        var step = atMs - atMs % ClockStepMs;
        if (step <= _clockMs) return;
        var isFirst = _clockMs == 0;
        _commit.ClockMs = _clockMs = step;
        if (isFirst) return;
        Inputs++;
        var envelope = new Envelope
        {
            EventId = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"clock.{step}")),
            AtMs = step, Source = Encoding.UTF8.GetBytes(Name), Mode = _settings.Mode, Version = 1,
        };
        var input = new Input(envelope, new EntryId(step, 0));
        try
        {
            _outbox.BeginInput(in input);
            strike(in input, _outbox);
        }
        catch (Exception error)
        {
            throw Failed("the clock", input.Position, error);
        }
    }

    private void Refuse(EventStream stream, StoredEntry entry, DecodeFault fault)
    {
        var link = _links[stream];
        var fields = entry.Fields;
        var target = _commit.AddOutput(_keys.DeadLetters(stream, _seat.Shard));
        DeadLetters.Write(
            target, link, new LogEntry(0, entry.Id, 1, false), in fields, WireNames.Of(fault.Kind), fault.Text, Name,
            Math.Max(_clockMs, entry.Id.Ms));
    }

    private void Commit()
    {
        if (_settings.SavesState && SavesTouched)
            _role.State.SaveTouched((field, value) => _commit.State.Add(new StateWrite(field, value)));
        if (_commit.IsEmpty) return;
        var reply = _session.Commit(_commit);
        if (reply != CommitReply.Ok) throw new InvalidOperationException($"the commit of {Name} was refused: {reply}.");
        _sequence++;
    }

    private InvalidOperationException Failed(string source, EntryId id, Exception error) =>
        new($"{Name} failed on {source} {id}: {error.Message}", error);
}
