using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Roles.Tests;

/// <summary>
/// Drives one role by hand: every event goes through the wire codec both ways, and <see cref="Restart"/> carries the
/// state over as the log would, so a test sees what a real run sees. After each commit what was saved must be what the
/// role remembers: a change that no <c>Touch</c> or <c>Set</c> announced fails the test.
/// </summary>
internal sealed class RoleBench(Func<Role> create)
{
    private readonly FieldBuffer _fields = new();
    /// <summary>A state beyond this many bytes is compared on every so many commits only.</summary>
    private const int LargeState = 4_000;
    private const int LargeStateEvery = 32;

    private readonly Dictionary<string, byte[]> _saved = [];
    private readonly Dictionary<string, byte[]> _initial = Remembered(create());
    private Role _role = create();
    private long _sequence;
    private int _uncompared;
    private int _bytes;

    /// <summary>The mode that events say they are of.</summary>
    public TradingMode Mode { get; set; } = TradingMode.Sim;

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
        Outbox = new RecordingOutbox(id + "." + _role.Name, Counts, _role.Name);
        var subscription = _role.Subscriptions.Single(s => s.Stream == stream);
        Assert.True(subscription.TryHandle(_fields.Fields, position, Outbox, out var fault), fault.ToString());
        Save();
        return Outbox;
    }

    /// <summary>Lets the clock strike.</summary>
    public RecordingOutbox Clock(long atMs)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"clock-{atMs}");
        Outbox = new RecordingOutbox(id + "." + _role.Name, Counts, _role.Name);
        _role.ClockHandler!(new Input(EnvelopeOf(id, atMs, null), new EntryId(atMs, _sequence++)), Outbox);
        Save();
        return Outbox;
    }

    /// <summary>What was saved under a field of the role's state.</summary>
    public ReadOnlySpan<byte> Saved(string field) => _saved[field];

    /// <summary>Loses the process: a new role starts from what was saved.</summary>
    public void Restart()
    {
        _role = create();
        _role.State.Load(_saved);
    }

    private void Save()
    {
        _role.State.SaveTouched((field, value) =>
        {
            if (value is null) _saved.Remove(field);
            else _saved[field] = value;
        });
        if (_bytes > LargeState && ++_uncompared < LargeStateEvery) return;
        _uncompared = 0;
        Compare(Remembered(_role));
    }

    private void Compare(Dictionary<string, byte[]> remembered)
    {
        _bytes = remembered.Values.Sum(value => value.Length);
        foreach (var (field, value) in remembered)
        {
            var known = _saved.GetValueOrDefault(field) ?? _initial.GetValueOrDefault(field);
            Assert.True(known is not null && known.AsSpan().SequenceEqual(value), known is null
                ? $"{_role.Name} remembers '{field}', which was never saved: Touch or Set it."
                : $"{_role.Name} changed '{field}' unseen: Touch it before the change. Saved "
                    + $"{Encoding.UTF8.GetString(known)}, now {Encoding.UTF8.GetString(value)}");
        }

        Assert.All(_saved.Keys, field => Assert.True(
            remembered.ContainsKey(field), $"{_role.Name} lost '{field}' unseen: Remove it through its map."));
    }

    private static Dictionary<string, byte[]> Remembered(Role role)
    {
        var all = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        role.State.SaveAll((field, value) =>
        {
            if (value is not null) all[field] = value;
        });
        return all;
    }

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
