namespace Quantum.InProcess;

/// <summary>A stream whose events are written and read back, as they are over Redis.</summary>
internal sealed class WrittenLane(EventStream stream, WrittenRole[] roles)
    : RunLane(stream, [.. roles.Select(role => role.Streams.Contains(stream))])
{
    private Action<StoredEntry>? _observe;
    private List<StoredEntry> _now = [];
    private List<StoredEntry> _next = [];

    public void Observe<TEvent>(EventStream<TEvent> typed, EventObserver<TEvent> observer) where TEvent : struct
    {
        IsObserved = true;
        _observe += entry =>
        {
            var fields = entry.Fields;
            if (typed.TryDecode(in fields, entry.Id, out var envelope, out var payload, out _))
                observer(in payload, new Input(envelope, entry.Id));
        };
    }

    public void Take(StoredEntry entry, EventRound round)
    {
        if (!HasReaders && !IsObserved) return;
        round.Add(this, _next.Count);
        _next.Add(entry);
    }

    public override void Turn()
    {
        (_now, _next) = (_next, _now);
        _next.Clear();
    }

    public override void Observe(int index) => _observe?.Invoke(_now[index]);

    public override bool HandTo(int role, int index) => roles[role].Handle(Stream, _now[index]);
}
