using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Runner;

/// <summary>What a gateway is told about the event it handles: a copy that outlives the batch.</summary>
/// <param name="EventId">The event's id.</param>
/// <param name="CorrelationId">The id of the event that began the chain.</param>
/// <param name="AtMs">When it happened, UTC epoch ms.</param>
/// <param name="Position">Where it stands on its stream.</param>
/// <param name="TraceParent">W3C trace context, or empty.</param>
/// <param name="Deliveries">How often it was delivered, from 1: above 1 the outside world may have been asked
/// already.</param>
public sealed record GatewayInput(
    string EventId, string CorrelationId, long AtMs, EntryId Position, string TraceParent, long Deliveries);

/// <summary>
/// Turns an event into a call on the outside world and publishes the answer. A thrown exception leaves the event
/// pending: it is tried again, and after too many times a dead letter.
/// </summary>
public delegate ValueTask GatewayHandling<TEvent>(
    TEvent payload, GatewayInput input, Outbox outbox, CancellationToken cancel) where TEvent : struct;

/// <summary>The impure counterpart of a role: its constructor is the table of what it answers.</summary>
public abstract class Gateway
{
    private readonly List<GatewaySubscription> _subscriptions = [];

    /// <summary>The gateway's name in the catalog.</summary>
    public abstract string Name { get; }

    /// <summary>Calls that may run at a time, from 1; events of one symbol are answered one after the other.</summary>
    public virtual int Concurrency => 16;

    internal IReadOnlyList<GatewaySubscription> Subscriptions => _subscriptions;

    /// <summary>Answers the events of a stream.</summary>
    protected void On<TEvent>(EventStream<TEvent> stream, GatewayHandling<TEvent> handling) where TEvent : struct =>
        _subscriptions.Add(new GatewaySubscription<TEvent>(stream, handling));
}

/// <summary>One stream that a gateway answers.</summary>
internal abstract class GatewaySubscription
{
    public abstract EventStream Stream { get; }

    /// <summary>Decodes the entry into a call to be made later; null when it cannot be read.</summary>
    public abstract GatewayCall? TryPrepare(
        in EntryFields fields, LogEntry entry, LogLink link, LogOutbox outbox, out DecodeFault fault);
}

/// <summary>A call that is ready to be made: what orders it, and how to make it.</summary>
internal sealed record GatewayCall(string OrderKey, Func<CancellationToken, ValueTask> Make);

internal sealed class GatewaySubscription<TEvent>(EventStream<TEvent> stream, GatewayHandling<TEvent> handler)
    : GatewaySubscription where TEvent : struct
{
    public override EventStream Stream => stream;

    public override GatewayCall? TryPrepare(
        in EntryFields fields, LogEntry entry, LogLink link, LogOutbox outbox, out DecodeFault fault)
    {
        if (!stream.TryDecode(in fields, entry.Id, out var envelope, out var payload, out fault)) return null;
        outbox.From(link);
        outbox.BeginInput(new Input(envelope, entry.Id));
        var input = new GatewayInput(
            Encoding.UTF8.GetString(envelope.EventId), Encoding.UTF8.GetString(envelope.CorrelationId), envelope.AtMs,
            entry.Id, Encoding.UTF8.GetString(envelope.TraceParent), entry.Deliveries);
        var key = SymbolGetter<TEvent>.Get is { } symbolOf ? symbolOf(payload).Name : "";
        if (key.Length > 0 && outbox.Handling is { } handling) handling.Symbol = key;
        return new GatewayCall(key, cancel => handler(payload, input, outbox, cancel));
    }
}
