using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.InProcess;
using Quantum.EventLog.Runner;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>A role or gateway over the in-memory log, with the runner of production between.</summary>
internal sealed class MemoryFlow : IDisposable
{
    private static readonly RunnerSettings s_settings = new() { Mode = TradingMode.Paper };
    private readonly SeatRunner _runner;
    private readonly string _name;

    public MemoryFlow(Gateway gateway)
    {
        _name = gateway.Name;
        _runner = new GatewayRunner(Log, gateway, new RoleSeat(_name, 0), s_settings, "test");
        _runner.Start();
    }

    public MemoryFlow(Role role)
    {
        _name = role.Name;
        _runner = new RoleRunner(Log, role, new RoleSeat(_name, 0), s_settings, "test");
        _runner.Start();
    }

    public MemoryEventLog Log { get; } = new();

    /// <summary>Publishes as the stream's producer does.</summary>
    public void Send<TEvent>(EventStream<TEvent> stream, in TEvent payload, string eventId) where TEvent : struct =>
        new EventSource(Log, stream.Producers[0], TradingMode.Paper)
            .Publish(stream, in payload, eventId, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>Waits until everything that was sent is handled and committed.</summary>
    public void WaitQuiet() => Eventually.True(() => Log.IsQuiet(Log.Keys.LinksOf([_name]), out _));

    /// <summary>What stands on a stream.</summary>
    public IReadOnlyList<TEvent> Of<TEvent>(EventStream<TEvent> stream) where TEvent : struct =>
        [.. Log.Entries(stream.Key).Select(entry => Decode(stream, entry.Id, entry.Entry))];

    public void Dispose()
    {
        _runner.Dispose();
        Log.Dispose();
    }

    private static TEvent Decode<TEvent>(EventStream<TEvent> stream, EntryId id, FieldBuffer entry)
        where TEvent : struct
    {
        Assert.True(stream.TryDecode(entry.Fields, id, out _, out var payload, out var fault), fault.ToString());
        return payload;
    }
}
