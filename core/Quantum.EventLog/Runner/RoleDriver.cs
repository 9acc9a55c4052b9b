using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Hands a role its inputs one at a time and puts what it publishes, and the state it touched, into a commit: the same
/// over Redis and in one process.
/// </summary>
internal sealed class RoleDriver
{
    private readonly LogOutbox _outbox;
    private readonly TradingMode _mode;
    private readonly string _clockPrefix;
    private readonly byte[] _source;
    private readonly Dictionary<EventStream, Subscription> _subscriptions;

    public RoleDriver(Role role, RoleSeat seat, LogKeys keys, TradingMode mode, bool traces = true)
    {
        (Role, _mode) = (role, mode);
        _outbox = new LogOutbox(seat, keys, mode, traces);
        _clockPrefix = keys.Shards == 1 ? "clock." : $"clock.{keys.TagName(seat.Shard)}.";
        _source = Encoding.UTF8.GetBytes(role.Name);
        _subscriptions = role.Subscriptions.ToDictionary(subscription => subscription.Stream);
        Streams = [.. role.Subscriptions.Select(subscription => subscription.Stream)];
    }

    public Role Role { get; }

    /// <summary>The streams read, in the order that breaks ties.</summary>
    public IReadOnlyList<EventStream> Streams { get; }

    public bool HasClock => Role.ClockHandler is not null;

    /// <summary>Where everything goes from now on.</summary>
    public void Open(CommitBatch commit) => _outbox.Open(commit);

    /// <summary>Handles an entry; false when it cannot be read.</summary>
    public bool TryHandle(LogLink link, in EntryFields fields, EntryId id, out DecodeFault fault)
    {
        _outbox.From(link);
        if (!_subscriptions[link.Stream].TryHandle(in fields, id, _outbox, out fault)) return false;
        _outbox.EndInput(in fields);
        return true;
    }

    /// <summary>Handles an event that was never written.</summary>
    public void Handle<TEvent>(LogLink link, in TEvent payload, in Input input) where TEvent : struct
    {
        _outbox.From(link);
        ((Subscription<TEvent>)_subscriptions[link.Stream]).Handle(in payload, in input, _outbox);
    }

    /// <summary>Handles a clock reading.</summary>
    public void Strike(long atMs)
    {
        var envelope = new Envelope
        {
            EventId = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_clockPrefix}{atMs}")),
            AtMs = atMs, Source = _source, Mode = _mode, Version = 1,
        };
        var input = new Input(envelope, new EntryId(atMs, 0));
        _outbox.From(null);
        _outbox.BeginInput(in input);
        Role.ClockHandler!(in input, _outbox);
        _outbox.EndInput(default);
    }

    /// <summary>Adds the state that was touched to the commit.</summary>
    public void Save(CommitBatch commit) =>
        Role.State.SaveTouched((field, value) => commit.State.Add(new StateWrite(field, value)));

    /// <summary>Adds copies of the state that was touched to the commit, which a log in memory takes.</summary>
    public void SaveCopies(CommitBatch commit) => Role.State.CopyTouched(
        (field, copy) => commit.State.Add(new StateWrite(field, null) { Copy = copy }));
}
