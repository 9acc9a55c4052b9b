using System.Runtime.CompilerServices;

namespace Quantum.InProcess;

/// <summary>A stream whose events pass as they are.</summary>
internal abstract class TypedLane(EventStream stream, bool[] isReadBy) : RunLane(stream, isReadBy)
{
    /// <summary>Forgets the handlers of a role that is no more.</summary>
    public abstract void Forget();
}

/// <summary>
/// A stream of one event type whose events pass as they are: those of the round that is handled and of the next one, in
/// arrays that are used again. Where somebody wants to hash or read the stream, each event is written beside that.
/// </summary>
internal sealed class TypedLane<TEvent> : TypedLane where TEvent : struct
{
    private readonly TypedLanes _lanes;
    private readonly EventStream<TEvent> _stream;
    private readonly Subscription<TEvent>?[] _readers;
    private readonly List<EventObserver<TEvent>> _observers = [];
    private readonly FieldBuffer _buffer = new();
    private Item[] _now = new Item[4];
    private Item[] _next = new Item[4];
    private int _count;
    private EntryId _lastId;

    public TypedLane(TypedLanes lanes, EventStream<TEvent> stream)
        : base(stream, [.. lanes.Roles.Select(role => role.Streams.Contains(stream))])
    {
        (_lanes, _stream) = (lanes, stream);
        _readers = new Subscription<TEvent>?[lanes.Roles.Length];
    }

    /// <summary>Who was found to be one of the stream's producers last.</summary>
    public string? KnownProducer { get; set; }

    public void Observe(EventObserver<TEvent> observer)
    {
        _observers.Add(observer);
        IsObserved = true;
    }

    /// <summary>Takes a source event.</summary>
    public void Offer(in TEvent payload, long atMs, string eventId, string source)
    {
        if (!Stream.IsTail && eventId.Length == 0)
            throw new FormatException("the envelope's event_id is empty: every event has one.");
        var id = NextId();
        var number = Stream.IsTail ? _lanes.Chain.Tail(Stream, id) : _lanes.Chain.Source(eventId, source);
        Take(in payload, atMs, id, number);
    }

    /// <summary>Takes a source event of an ordered stream whose id is a text and a number.</summary>
    public void Offer(in TEvent payload, long atMs, string idText, long idNumber, string source) =>
        Take(in payload, atMs, NextId(), _lanes.Chain.Source(idText, idNumber, source));

    /// <summary>Takes what a role published as the n-th event of an input.</summary>
    public void Publish(in TEvent payload, long atMs, int input, string role, int n, string? correlation)
    {
        var id = NextId();
        var number = Stream.IsTail
            ? _lanes.Chain.Tail(Stream, id) : _lanes.Chain.Published(input, role, n, correlation);
        Take(in payload, atMs, id, number);
    }

    public override void Forget() => Array.Clear(_readers);

    public override void Turn()
    {
        (_now, _next) = (_next, _now);
        _count = 0;
    }

    public override void Observe(int index)
    {
        ref readonly var item = ref _now[index];
        var input = InputOf(in item);
        foreach (var observer in _observers) observer(in item.Payload, in input);
    }

    public override bool HandTo(int role, int index)
    {
        ref readonly var item = ref _now[index];
        var owner = _lanes.Roles[role];
        var reader = _readers[role] ??= (Subscription<TEvent>)owner.SubscriptionOf(Stream);
        var input = InputOf(in item);
        owner.Handle(reader, in item.Payload, in input, item.Number);
        return true;
    }

    private EntryId NextId() => _lastId = StoredStream.NextId(_lastId, _lanes.Log.NowMs);

    // Made where it is handed over, and not copied there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Input InputOf(in Item item) =>
        new(item.AtMs, _lanes.Mode, _stream.SchemaVersion, item.Id, _lanes.Chain, item.Number);

    private void Take(in TEvent payload, long atMs, EntryId id, int number)
    {
        if (_count == _next.Length) Array.Resize(ref _next, _count * 2);
        ref var item = ref _next[_count];
        item.Payload = payload;
        _stream.Codec.Pass(ref item.Payload);
        (item.AtMs, item.Id, item.Number) = (atMs, id, number);
        if (!Stream.IsTail)
        {
            _lanes.OrderedEvents++;
            if (_lanes.Hash is { } hash) Write(in item, hash);
        }

        if (HasReaders || IsObserved) _lanes.Round.Add(this, _count++);
    }

    private void Write(in Item item, RunHash hash)
    {
        var chain = _lanes.Chain;
        _buffer.Clear();
        _stream.Encode(
            new Envelope
            {
                EventId = Encoding.UTF8.GetBytes(chain.EventIdOf(item.Number)), AtMs = item.AtMs,
                Source = Encoding.UTF8.GetBytes(chain.SourceOf(item.Number)), Mode = _lanes.Mode,
                Version = _stream.SchemaVersion,
                CorrelationId = Encoding.UTF8.GetBytes(chain.CorrelationIdOf(item.Number)),
                CausationId = Encoding.UTF8.GetBytes(chain.CausationIdOf(item.Number)),
            },
            in item.Payload, _buffer);
        hash.Add(Stream.Key, _lanes.Log.Write(Stream.Key, _buffer, _lanes.KeepEntries));
    }

    private struct Item
    {
        public TEvent Payload;
        public long AtMs;
        public EntryId Id;

        /// <summary>What the chain knows it by.</summary>
        public int Number;
    }
}
