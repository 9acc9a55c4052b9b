using System.Diagnostics;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Publishes what begins a chain: market feeds, the venue's own messages, control surfaces. For one thread.
/// </summary>
/// <param name="log">Where to.</param>
/// <param name="role">Who publishes.</param>
/// <param name="mode">On every event.</param>
/// <param name="isTape">True when the tape's time is the time: nothing is trimmed, nothing is too old to be
/// traced.</param>
/// <param name="traces">False where nothing is traced: the run is no part of a system that anybody watches.</param>
public sealed class EventSource(
    IEventLog log, string role, TradingMode mode, bool isTape = false, bool traces = true)
{
    private readonly byte[] _role = Encoding.UTF8.GetBytes(role);
    private readonly FieldBuffer _buffer = new();
    private readonly Dictionary<EventStream, string[]> _keys = [];

    /// <summary>
    /// Publishes an event. <paramref name="eventId"/> (unused on tail streams) must be the same when the same thing is
    /// told again; with <paramref name="once"/> the log then keeps only the first within the last hour at least, and
    /// with <paramref name="kept"/> a replica has it too when this returns (<see cref="IEventLog.AppendKept"/>).
    /// </summary>
    public EntryId Publish<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string eventId, long atMs, string? correlationId = null,
        string? causationId = null, bool once = false, bool kept = false) where TEvent : struct
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var span = traces ? LogTrace.StartSend(stream, eventId, MayBeginTrace(stream, atMs)) : null;
        _buffer.Clear();
        var envelope = EnvelopeOf(stream, atMs) with
        {
            EventId = Utf8(eventId), CorrelationId = Utf8(correlationId), CausationId = Utf8(causationId),
            TraceParent = Utf8(span?.Id),
        };
        stream.Encode(in envelope, in payload, _buffer);
        var key = KeyOf(stream, in payload);
        // What the log did not confirm is no span: whoever publishes tries again.
        span?.ActivityTraceFlags = ActivityTraceFlags.None;
        var id = kept ? log.AppendKept(key, eventId, _buffer)
            : once && !stream.IsTail ? log.AppendOnce(key, eventId, _buffer)
            : log.Append(key, _buffer, MaxLengthOf(stream));
        span?.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        return id;
    }

    /// <summary>
    /// Encodes an event, to be appended with others by <see cref="IEventLog.AppendAll"/>, each once where it has an
    /// id.
    /// </summary>
    /// <param name="stream">Where to; not to be asked for an event that begins a trace
    /// (<see cref="BeginsTrace"/>).</param>
    /// <param name="payload">The event.</param>
    /// <param name="eventId">As <see cref="Publish"/> takes it; empty on tail streams, whose entries carry
    /// none.</param>
    /// <param name="atMs">Its time, UTC epoch ms.</param>
    /// <param name="into">Takes its fields; what it held is gone.</param>
    public NewEntry Encode<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string eventId, long atMs, FieldBuffer into)
        where TEvent : struct
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(into);
        into.Clear();
        stream.Encode(EnvelopeOf(stream, atMs) with { EventId = Utf8(eventId) }, in payload, into);
        return new NewEntry(
            KeyOf(stream, in payload), into, MaxLengthOf(stream),
            stream.IsTail || eventId.Length == 0 ? null : eventId);
    }

    /// <summary>True when a trace may begin with an event of that time: it must be published by itself.</summary>
    public bool BeginsTrace(EventStream stream, long atMs)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return traces && MayBeginTrace(stream, atMs);
    }

    private Envelope EnvelopeOf(EventStream stream, long atMs) =>
        new() { AtMs = atMs, Source = _role, Mode = mode, Version = stream.SchemaVersion };

    // A recorded run loses nothing, so there the readers trim; elsewhere they do it mostly, and wait for a recorder.
    private long MaxLengthOf(EventStream stream) =>
        stream.IsTail && !isTape ? ILogSession.MostForRecorder : 0;

    // Candles that only warm the roles up lead to no trade.
    private bool MayBeginTrace(EventStream stream, long atMs) => stream.BeginsTrace
        && (isTape || stream.FreshnessLimit is not { } limit
            || atMs >= DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (long)limit.TotalMilliseconds);

    private static byte[] Utf8(string? text) => string.IsNullOrEmpty(text) ? [] : Encoding.UTF8.GetBytes(text);

    private string KeyOf<TEvent>(EventStream<TEvent> stream, in TEvent payload) where TEvent : struct
    {
        if (!_keys.TryGetValue(stream, out var keys)) _keys[stream] = keys = KeysOf(stream);
        if (keys.Length == 1) return keys[0];
        var symbol = SymbolGetter<TEvent>.Get
            ?? throw new InvalidOperationException(
                $"'{stream.Name}' is sharded by symbol, but its event has no Symbol.");
        return keys[log.Keys.ShardOf(symbol(payload).Name)];
    }

    private string[] KeysOf(EventStream stream)
    {
        stream.CheckProducer(role);
        return [.. log.Keys.KeysOf(stream)];
    }
}
