using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Roles.Tests;

/// <summary>
/// Drives one role by hand: every event goes through the wire codec both ways, and <see cref="Restart"/> carries the
/// state over as the log would, so a test sees what a real run sees.
/// </summary>
internal sealed class RoleBench(Func<Role> create)
{
    private readonly FieldBuffer _fields = new();
    private readonly Dictionary<string, byte[]> _saved = [];
    private Role _role = create();
    private long _sequence;

    public TradingMode Mode { get; init; } = TradingMode.Sim;

    public RecordingOutbox Outbox { get; private set; } = new("none");

    /// <summary>All that was counted by the role, <c>counter/reason</c> to number.</summary>
    public SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Sends one event; answers what the role published for it.</summary>
    public RecordingOutbox Send<TEvent>(
        EventStream<TEvent> stream, TEvent payload, long atMs, string? eventId = null, string? correlationId = null)
        where TEvent : struct
    {
        var position = new EntryId(atMs, _sequence++);
        var id = eventId ?? string.Create(CultureInfo.InvariantCulture, $"{stream.Name}-{position}");
        _fields.Clear();
        stream.Encode(EnvelopeOf(id, atMs, correlationId), payload, _fields);
        Outbox = new RecordingOutbox(id + "." + _role.Name, Counts);
        var subscription = _role.Subscriptions.Single(s => s.Stream == stream);
        Assert.True(subscription.TryHandle(_fields.Fields, position, Outbox, out var fault), fault.ToString());
        Save();
        return Outbox;
    }

    /// <summary>Lets the clock strike.</summary>
    public RecordingOutbox Clock(long atMs)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"clock-{atMs}");
        Outbox = new RecordingOutbox(id + "." + _role.Name, Counts);
        _role.ClockHandler!(new Input(EnvelopeOf(id, atMs, null), new EntryId(atMs, _sequence++)), Outbox);
        Save();
        return Outbox;
    }

    /// <summary>Loses the process: a new role starts from what was saved.</summary>
    public void Restart()
    {
        _role = create();
        _role.State.Load(_saved);
    }

    private void Save() => _role.State.SaveTouched((field, value) =>
    {
        if (value is null) _saved.Remove(field);
        else _saved[field] = value;
    });

    private Envelope EnvelopeOf(string id, long atMs, string? correlationId) => new()
    {
        EventId = Encoding.UTF8.GetBytes(id),
        AtMs = atMs,
        Source = "test"u8,
        Mode = Mode,
        Version = 1,
        CorrelationId = Encoding.UTF8.GetBytes(correlationId ?? id),
    };
}
