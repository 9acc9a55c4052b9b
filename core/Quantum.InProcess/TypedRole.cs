using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.InProcess;

/// <summary>
/// A role that is handed its events as they are: no entry, no commit. Its state is saved behind each input only where
/// the run saves it.
/// </summary>
internal sealed class TypedRole : RunRole
{
    private readonly InProcessSettings _settings;
    private readonly Func<Role> _create;
    private readonly TypedLanes _lanes;
    private readonly TypedOutbox _outbox;
    private readonly SortedDictionary<string, byte[]> _saved = new(StringComparer.Ordinal);
    private Dictionary<EventStream, Subscription> _subscriptions = [];
    private Role _role;
    private ClockFeed _clock = new(isOn: false);

    // When the clock strikes next: most inputs come before.
    private long _strikesMs = long.MaxValue;

    public TypedRole(InProcessSettings settings, TypedLanes lanes, Func<Role> create)
    {
        (_settings, _lanes, _create) = (settings, lanes, create);
        _role = create();
        Name = _role.Name;
        _outbox = new TypedOutbox(lanes, Name);
        Bind();
        var keys = lanes.Log.Keys;
        // Throws for a stream that the catalog does not let this role read.
        foreach (var stream in Streams) keys.LinksOf(keys.SeatsOf(Name)[0], stream);
    }

    public override string Name { get; }

    public override IEnumerable<EventStream> Streams => _role.Subscriptions.Select(known => known.Stream);

    public override IReadOnlyList<ReasonCount> Reasons => _outbox.Reasons;

    /// <summary>The role's handler of a stream that it reads.</summary>
    public Subscription SubscriptionOf(EventStream stream) => _subscriptions[stream];

    /// <summary>Handles an event.</summary>
    /// <param name="reader">Its handler.</param>
    /// <param name="payload">The event.</param>
    /// <param name="input">What the role is told about it.</param>
    /// <param name="number">What the chain knows it by.</param>
    public void Handle<TEvent>(Subscription<TEvent> reader, in TEvent payload, in Input input, int number)
        where TEvent : struct
    {
        Inputs++;
        if (input.AtMs >= _strikesMs) PassClock(input.AtMs);
        _outbox.From(number, input.AtMs);
        try
        {
            reader.Handle(in payload, in input, _outbox);
        }
        catch (Exception error)
        {
            throw Failed(reader.Stream.Name, input.Position, error);
        }

        if (_settings.SavesState) Save();
    }

    public override void Strike(long atMs)
    {
        PassClock(atMs);
        if (_settings.SavesState) Save();
    }

    public override void Restart()
    {
        if (!_settings.SavesState) throw NotSaved();
        var atMs = _clock.AtMs;
        _role = _create();
        Bind();
        _role.State.Load(_saved);
        _clock.AtMs = atMs;
        _strikesMs = _clock.NextMs;
        _lanes.Forget();
    }

    private void Bind()
    {
        _subscriptions = _role.Subscriptions.ToDictionary(known => known.Stream);
        _clock = new ClockFeed(_role.ClockHandler is not null);
        _strikesMs = _clock.NextMs;
        if (!_settings.SavesState) _role.State.ForgetTouches();
    }

    private void PassClock(long atMs)
    {
        var isDue = _clock.Pass(atMs, out var strikes);
        _strikesMs = _clock.NextMs;
        if (!isDue || !strikes) return;
        atMs = _clock.AtMs;
        Inputs++;
        var number = _lanes.Chain.Clock(Name, atMs);
        var input = new Input(atMs, _settings.Mode, 1, new EntryId(atMs, 0), _lanes.Chain, number);
        _outbox.From(number, atMs);
        try
        {
            _role.ClockHandler!(in input, _outbox);
        }
        catch (Exception error)
        {
            throw Failed("the clock", new EntryId(atMs, 0), error);
        }
    }

    private void Save() => _role.State.SaveTouched((field, value) =>
    {
        if (value is null) _saved.Remove(field);
        else _saved[field] = value;
    });
}
