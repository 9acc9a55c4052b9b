using System.Reflection;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>Encodes what a role publishes straight into the commit that will carry it.</summary>
/// <param name="seat">Who publishes.</param>
/// <param name="keys">Names and shards.</param>
/// <param name="mode">On every event.</param>
/// <param name="traces">False where nothing is traced: the run is no part of a system that anybody watches.</param>
internal sealed class LogOutbox(RoleSeat seat, LogKeys keys, TradingMode mode, bool traces = true) : Outbox
{
    private readonly byte[] _role = Encoding.UTF8.GetBytes(seat.Role);
    private readonly InputTrace _trace = new(Encoding.UTF8.GetBytes(seat.Role), traces);
    private readonly Dictionary<EventStream, Target> _targets = [];
    private readonly Dictionary<(string, string, string?), int> _reasons = [];
    private readonly byte[] _id = new byte[EventIds.Longest + 128];
    private byte[] _inputId = new byte[256];
    private byte[] _correlation = new byte[256];
    private int _inputIdLength, _correlationLength;
    private long _atMs;
    private int _published;
    private LogLink? _link;
    private CommitBatch _commit = new();

    /// <summary>Where publications go from now on.</summary>
    public void Open(CommitBatch commit)
    {
        _commit = commit;
        _reasons.Clear();
    }

    /// <summary>
    /// Says where the next input comes from, null for the clock: a tail event has no id of its own.
    /// </summary>
    public void From(LogLink? link) => _link = link;

    public override PublishedEvent Publish<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string? correlationId = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!_targets.TryGetValue(stream, out var target)) _targets[stream] = target = TargetOf(stream);
        if (target is Target<TEvent> { SymbolOf: { } symbolOf }) CheckShard(stream, symbolOf(payload));
        var number = ++_published;
        var length = EventIds.Write(InputId, _role, number, _id);
        ReadOnlySpan<byte> own = _correlation.AsSpan(0, _correlationLength);
        ReadOnlySpan<byte> correlation = correlationId is null ? own : Encoding.UTF8.GetBytes(correlationId);
        stream.Encode(
            new Envelope
            {
                EventId = _id.AsSpan(0, length), AtMs = _atMs, Source = _role, Mode = mode,
                Version = stream.SchemaVersion,
                CorrelationId = correlation, CausationId = InputId,
                TraceParent = correlation.SequenceEqual(own) ? _trace.Own : _trace.Of(correlation, InputId),
            },
            in payload,
            _commit.AddOutput(target.Key));
        return new PublishedEvent(this, number);
    }

    public override void Count(string counter, string reason, string? subject = null, string? figures = null)
    {
        if (_reasons.TryGetValue((counter, reason, subject), out var index))
        {
            var known = _commit.Reasons[index];
            _commit.Reasons[index] = known with { Times = known.Times + 1, AtMs = _atMs, Figures = figures };
            return;
        }

        _reasons[(counter, reason, subject)] = _commit.Reasons.Count;
        _commit.Reasons.Add(new ReasonCount(counter, reason, subject, _atMs, 1, figures));
    }

    protected override string IdOf(int number)
    {
        Span<byte> id = stackalloc byte[EventIds.Longest + 128];
        return Encoding.UTF8.GetString(id[..EventIds.Write(InputId, _role, number, id)]);
    }

    protected override void Begin(in Input input) => BeginInput(in input);

    public void BeginInput(in Input input)
    {
        var envelope = input.Envelope;
        _published = 0;
        _atMs = envelope.AtMs;
        if (envelope.EventId.IsEmpty) KeepPosition(input.Position);
        else _inputIdLength = Keep(envelope.EventId, ref _inputId);
        _correlationLength = envelope.CorrelationId.IsEmpty
            ? Keep(InputId, ref _correlation)
            : Keep(envelope.CorrelationId, ref _correlation);
        _trace.Begin(
            envelope.TraceParent, InputId, _correlation.AsSpan(0, _correlationLength), input.Position, _link);
    }

    /// <summary>The handling of an input just begun; null when it is part of no trace that is recorded.</summary>
    public HandledSpan? Handling => _trace.Spans is [var first, ..] ? first : null;

    /// <summary>Ends the input: what it led to is told with the commit.</summary>
    public void EndInput(in EntryFields fields) => _trace.End(in fields, _commit.Spans);

    private ReadOnlySpan<byte> InputId => _inputId.AsSpan(0, _inputIdLength);

    private void KeepPosition(EntryId position)
    {
        var length = Encoding.UTF8.GetBytes(_link!.Stream.Name, _inputId);
        _inputId[length++] = (byte)'@';
        _inputIdLength = length + position.Format(_inputId.AsSpan(length));
    }

    private static int Keep(ReadOnlySpan<byte> value, ref byte[] target)
    {
        if (target.Length < value.Length) target = new byte[value.Length * 2];
        value.CopyTo(target);
        return value.Length;
    }

    private Target<TEvent> TargetOf<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        stream.CheckProducer(seat.Role);
        if (keys.Shards > 1 && (stream.Shard == ShardKey.Global) != (seat.Shard == LogKeys.GlobalShard))
        {
            throw new InvalidOperationException(
                $"the role '{seat.Role}' on shard {seat.Shard} cannot publish on '{stream.Name}', which lives in "
                    + "another slot.");
        }

        return new Target<TEvent>(
            keys.Stream(stream, seat.Shard),
            keys.Shards > 1 && stream.Shard == ShardKey.Symbol ? SymbolOf<TEvent>() : null);
    }

    private void CheckShard(EventStream stream, Symbol symbol)
    {
        var shard = keys.ShardOf(symbol.Name);
        if (shard == seat.Shard) return;
        throw new InvalidOperationException(
            $"'{seat}' published {symbol} on '{stream.Name}', but that symbol belongs to shard {shard}: a role answers "
                + "for its own shard only.");
    }

    private static Func<TEvent, Symbol>? SymbolOf<TEvent>() => SymbolGetter<TEvent>.Get;

    private record Target(string Key);

    private sealed record Target<TEvent>(string Key, Func<TEvent, Symbol>? SymbolOf) : Target(Key);
}

/// <summary>Reads the symbol of an event type that has one.</summary>
internal static class SymbolGetter<TEvent>
{
    /// <summary>Null when the event has no symbol.</summary>
    public static readonly Func<TEvent, Symbol>? Get = Make();

    private static Func<TEvent, Symbol>? Make()
    {
        var property = typeof(TEvent).GetProperty("Symbol", BindingFlags.Public | BindingFlags.Instance);
        if (property is null || property.PropertyType != typeof(Symbol)) return null;
        var parameter = System.Linq.Expressions.Expression.Parameter(typeof(TEvent));
        var read = System.Linq.Expressions.Expression.Property(parameter, property);
        return System.Linq.Expressions.Expression.Lambda<Func<TEvent, Symbol>>(read, parameter).Compile();
    }
}
