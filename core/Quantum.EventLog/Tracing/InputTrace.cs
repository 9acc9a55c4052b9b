using System.Diagnostics;
using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tracing;

/// <summary>
/// Which trace goes on in what is published for one input: the input's own, and where an event is part of an older
/// chain (the exit of a trade, on a tick that belongs to no trace) that chain's. Notes the spans that this makes. Costs
/// nothing while nobody listens: then a trace is only passed on.
/// </summary>
/// <param name="role">Who handles.</param>
/// <param name="isOn">False passes traces on and notes no span.</param>
internal sealed class InputTrace(byte[] role, bool isOn)
{
    private readonly List<HandledSpan> _spans = [];
    private readonly byte[] _other = new byte[TraceContext.TextLength];
    private byte[] _own = new byte[TraceContext.TextLength];
    private int _ownLength;
    private TraceContext? _cause;
    private EntryId _position;
    private LogLink? _link;

    /// <summary>The handlings of the present input, one per trace that it is part of.</summary>
    public IReadOnlyList<HandledSpan> Spans => _spans;

    /// <summary>What stands in an event of the input's own chain.</summary>
    public ReadOnlySpan<byte> Own => _own.AsSpan(0, _ownLength);

    /// <summary>Begins an input; <paramref name="link"/> is null for the clock.</summary>
    public void Begin(
        ReadOnlySpan<byte> parent, ReadOnlySpan<byte> inputId, ReadOnlySpan<byte> correlationId, EntryId position,
        LogLink? link)
    {
        _spans.Clear();
        (_cause, _position, _link) = (null, position, link);
        if (parent.Length > _own.Length) _own = new byte[parent.Length];
        parent.CopyTo(_own);
        _ownLength = parent.Length;
        if (parent.IsEmpty || !isOn || !LogTrace.IsOn) return;
        if (!TraceContext.TryParseRecorded(parent, out var context)) return;
        Note(context, inputId, correlationId).Format(_own);
        (_cause, _ownLength) = (context, TraceContext.TextLength);
    }

    /// <summary>What stands in an event of the chain that <paramref name="correlationId"/> began.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> correlationId, ReadOnlySpan<byte> inputId)
    {
        if (!isOn || !LogTrace.IsOn) return default;
        var root = TraceContext.RootOf(correlationId);
        var known = _spans.Find(span => span.Context.High == root.High && span.Context.Low == root.Low);
        if (known is null && !LogTrace.IsSampled(in root)) return default;
        (known?.Context ?? Note(root, inputId, correlationId)).Format(_other);
        return _other;
    }

    /// <summary>Ends the input and hands its spans over.</summary>
    public void End(in EntryFields fields, List<HandledSpan> spans)
    {
        if (_spans.Count == 0) return;
        var endedAt = Stopwatch.GetTimestamp();
        var symbol = fields.TryGet("symbol"u8, out var text) ? Utf8Interner.Shared.Intern(text) : null;
        foreach (var span in _spans) (span.EndedAt, span.Symbol) = (endedAt, symbol);
        spans.AddRange(_spans);
        _spans.Clear();
    }

    /// <summary>Notes an input that went to the dead letters unhandled.</summary>
    public static void Refused(
        in EntryFields fields, LogLink link, EntryId position, string role, string reason, List<HandledSpan> spans)
    {
        if (link.Stream.IsTail || !LogTrace.IsOn) return;
        if (!fields.TryGet("traceparent"u8, out var text)) return;
        if (!TraceContext.TryParseRecorded(text, out var parent)) return;
        fields.TryGet("event_id"u8, out var id);
        fields.TryGet("correlation_id"u8, out var correlation);
        fields.TryGet("symbol"u8, out var symbol);
        var now = Stopwatch.GetTimestamp();
        spans.Add(new HandledSpan
        {
            Context = parent.HandlingOf(id, Encoding.UTF8.GetBytes(role)), Parent = parent, Link = link,
            Position = position, EventId = Encoding.UTF8.GetString(id),
            CorrelationId = Encoding.UTF8.GetString(correlation), Symbol = Encoding.UTF8.GetString(symbol),
            Error = reason, StartedAt = now, EndedAt = now,
        });
    }

    private TraceContext Note(TraceContext parent, ReadOnlySpan<byte> inputId, ReadOnlySpan<byte> correlationId)
    {
        var span = new HandledSpan
        {
            Context = parent.HandlingOf(inputId, role), Parent = parent, Link = _link, Position = _position,
            EventId = Encoding.UTF8.GetString(inputId), CorrelationId = Encoding.UTF8.GetString(correlationId),
            Cause = _cause, StartedAt = Stopwatch.GetTimestamp(),
        };
        _spans.Add(span);
        return span.Context;
    }
}
