using Quantum.Archive;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Replay;

/// <summary>
/// Gives one role what a commit consumed, in the order in which its journal says it did, and holds what it decides
/// against what was decided then.
/// </summary>
internal sealed class ReplayedSeat
{
    private readonly TradingMode _mode;
    private readonly LogKeys _keys = new();
    private readonly Dictionary<string, byte[]> _saved = new(StringComparer.Ordinal);
    private readonly CommitBatch _commit = new();
    private readonly Dictionary<string, Source> _sources;
    private readonly RecordedOutputs[] _outputs;
    private readonly Dictionary<string, EventStream> _outputStreams;
    private Role _role;
    private RoleDriver _driver;
    private long _number;

    public ReplayedSeat(EntrySource entries, Role role, TradingMode mode, SavedState start)
    {
        _mode = mode;
        foreach (var (field, value) in start.Saved.State) _saved[field] = value;
        var seat = _keys.SeatsOf(role.Name)[0];
        (_role, _driver) = Begun(role);
        _sources = _driver.Streams.ToDictionary(
            stream => _keys.Stream(stream, seat.Shard),
            stream => new Source(_keys.LinksOf(seat, stream)[0], entries.Finder(stream)));
        var written = StreamCatalog.WrittenBy(role.Name)
            .OrderBy(stream => stream.Name, StringComparer.Ordinal).ToArray();
        _outputStreams = written.ToDictionary(stream => _keys.Stream(stream, seat.Shard));
        _outputs =
        [
            .. written.Select(stream => new RecordedOutputs(
                stream, role.Name,
                entries.Reader(stream, start.Outputs.GetValueOrDefault(_keys.Stream(stream, seat.Shard))))),
        ];
    }

    /// <summary>Recorded events that no input of the journal led to.</summary>
    public long Orphans => _outputs.Sum(output => output.Orphans);

    /// <summary>The input that is not there, as its stream and id; null while all were. Nothing is replayed behind
    /// it.</summary>
    public string? Missing { get; private set; }

    /// <summary>Its id; zero while all were there.</summary>
    public EntryId MissingId { get; private set; }

    /// <summary>
    /// Goes on with another role in the state that the commits so far have left, as a service that was started again.
    /// </summary>
    public void Restart(Role role)
    {
        _role.State.SaveTouched((field, value) =>
        {
            if (value is null) _saved.Remove(field);
            else _saved[field] = value;
        });
        (_role, _driver) = Begun(role);
    }

    /// <summary>Every input of a commit, each handled when it is asked for.</summary>
    /// <param name="text">What was consumed, as the journal has it.</param>
    /// <param name="atMs">When it was committed, UTC epoch ms.</param>
    public IEnumerable<ReplayedInput> Commit(string text, long atMs)
    {
        foreach (var output in _outputs) output.PassBefore(atMs);
        foreach (var (key, id) in JournalText.Read(text))
        {
            if (key is null)
            {
                yield return Clock(id.Ms);
                continue;
            }

            var source = SourceOf(key);
            if (!source.Find(id, out var entry))
            {
                (Missing, MissingId) = ($"{source.Link.Stream.Name} {id}", id);
                yield break;
            }

            yield return Input(source.Link, in entry);
        }
    }

    /// <summary>What an entry of a journal says: what was consumed, and when it was committed, UTC epoch ms.</summary>
    public static (string Text, long AtMs) CommitOf(ArchivedEntry entry)
    {
        var fields = entry.Batch.Fields(entry.Index);
        fields.TryGet("in"u8, 0, out var text);
        fields.TryGet("at"u8, 1, out var at);
        return (Encoding.UTF8.GetString(text), long.Parse(at, CultureInfo.InvariantCulture));
    }

    private (Role Role, RoleDriver Driver) Begun(Role role)
    {
        var driver = new RoleDriver(role, _keys.SeatsOf(role.Name)[0], _keys, _mode, traces: false);
        role.State.Load(_saved);
        return (role, driver);
    }

    // Opened for each input: the outbox notes where in the commit it counted a reason.
    private void Begin()
    {
        _commit.Clear();
        _driver.Open(_commit);
    }

    private ReplayedInput Clock(long atMs)
    {
        Begin();
        _driver.Strike(atMs);
        return Handled("clock", atMs, default, string.Create(CultureInfo.InvariantCulture, $"clock.{atMs}"));
    }

    private Source SourceOf(string key) => _sources.TryGetValue(key, out var source) ? source
        : throw new ArchiveException(
            $"{_role.Name} consumed {key}, which it does not read in this build: replay with its own.");

    private ReplayedInput Input(LogLink link, in ArchivedEntry entry)
    {
        var (name, id) = (link.Stream.Name, entry.Id);
        var fields = entry.Batch.Fields(entry.Index);
        Begin();
        if (!_driver.TryHandle(link, in fields, id, out var fault))
        {
            throw new ArchiveException(
                $"{_role.Name} consumed {name} {id}, which this build cannot read ({fault.Text}): replay with its "
                + "own build.");
        }

        var cause = $"{name}@{id}";
        if (!link.Stream.IsTail && fields.TryGet("event_id"u8, 0, out var eventId))
            cause = Encoding.UTF8.GetString(eventId);
        ClockFeed.TryTimeOf(in fields, link.Stream.IsTail, out var atMs);
        return Handled($"{name} {id}", atMs, in fields, cause);
    }

    private ReplayedInput Handled(string source, long atMs, in EntryFields fields, string cause)
    {
        var (replayed, recorded) = (new List<Decision>(), new List<Decision>());
        foreach (var output in _outputs)
        {
            var before = replayed.Count;
            for (var i = 0; i < _commit.OutputCount; i++)
            {
                if (_outputStreams[_commit.OutputKey(i)] != output.Stream) continue;
                var its = _commit.Output(i).Fields;
                replayed.Add(Decision.Of(output.Stream, in its));
            }

            output.Take(cause, replayed.Count - before, recorded);
        }

        // Most inputs lead to nothing, and nobody looks at what those said.
        var texts = replayed.Count + recorded.Count == 0 ? [] : Decision.Texts(in fields);
        return new ReplayedInput(_role.Name, ++_number, source, atMs, texts, replayed, recorded);
    }

    private sealed record Source(LogLink Link, EntryFinding Find);
}
