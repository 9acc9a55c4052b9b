namespace Quantum.Replay;

/// <summary>
/// What a role published on one stream in a recorded window, in order: an event is of the input that it names as its
/// cause, on a tail stream, whose events name none, of the next one that publishes there.
/// </summary>
internal sealed class RecordedOutputs
{
    private const long SlackMs = 5_000;

    /// <summary>How far ahead an input's events are looked for behind ones that none of the journal led to.</summary>
    private const int MostAhead = 500;

    private readonly EventStream _stream;
    private readonly byte[] _role;
    private readonly EntryReading _next;
    private readonly Queue<(EntryId Id, Decision Decision)> _ahead = new();

    public RecordedOutputs(EventStream stream, string role, EntryReading next) =>
        (_stream, _role, _next) = (stream, Encoding.UTF8.GetBytes(role), next);

    public EventStream Stream => _stream;

    /// <summary>Events that no input of the journal led to.</summary>
    public long Orphans { get; private set; }

    /// <summary>Takes what an input led to.</summary>
    /// <param name="cause">The input's id.</param>
    /// <param name="replayed">How many it leads to now: on a tail stream as many are taken.</param>
    /// <param name="into">Where to.</param>
    public void Take(string cause, int replayed, List<Decision> into)
    {
        if (replayed > 0 && !_stream.IsTail) PassTo(cause);
        for (var taken = 0; Has(1) && (_stream.IsTail ? taken < replayed : IsOf(cause, _ahead.Peek())); taken++)
            into.Add(_ahead.Dequeue().Decision);
    }

    /// <summary>Passes over what was published long before a commit: nothing that is still to come led to it.</summary>
    public void PassBefore(long commitAtMs)
    {
        while (!_stream.IsTail && Has(1) && _ahead.Peek().Id.Ms < commitAtMs - SlackMs)
        {
            Orphans++;
            _ahead.Dequeue();
        }
    }

    // A state may be saved while what it led to still waits to be published: that stands first, and has no input here.
    private void PassTo(string cause)
    {
        if (!Has(1) || IsOf(cause, _ahead.Peek())) return;
        Has(MostAhead);
        if (!_ahead.Any(entry => IsOf(cause, entry))) return;
        while (!IsOf(cause, _ahead.Peek()))
        {
            Orphans++;
            _ahead.Dequeue();
        }
    }

    private static bool IsOf(string cause, (EntryId, Decision Decision) entry) =>
        entry.Decision["causation_id"] == cause;

    private bool Has(int count)
    {
        while (_ahead.Count < count && _next(out var entry))
        {
            var fields = entry.Batch.Fields(entry.Index);
            // A tail stream has one producer and no names.
            var isIts = _stream.IsTail
                || (fields.TryGet("source"u8, 2, out var source) && source.SequenceEqual(_role));
            if (isIts) _ahead.Enqueue((entry.Id, Decision.Of(_stream, in fields)));
        }

        return _ahead.Count >= count;
    }
}
