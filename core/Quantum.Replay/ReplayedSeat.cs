using System.Globalization;
using System.Text;
using Quantum.Archive;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Runner;

namespace Quantum.Replay;

/// <summary>Gives one role what it consumed, in the order in which its journal says it did.</summary>
internal sealed class ReplayedSeat : IDisposable
{
    private readonly ArchiveFolder _archive;
    private readonly Role _role;
    private readonly RoleDriver _driver;
    private readonly LogKeys _keys = new();
    private readonly CommitBatch _commit = new();
    private readonly Dictionary<string, Source> _sources;
    private readonly RecordedOutputs[] _outputs;
    private readonly Dictionary<string, EventStream> _outputStreams;
    private readonly SavedState _start;
    private long _number;

    public ReplayedSeat(ArchiveFolder archive, Role role, TradingMode mode, SavedState start)
    {
        (_archive, _role, _start) = (archive, role, start);
        var seat = _keys.SeatsOf(role.Name)[0];
        _driver = new RoleDriver(role, seat, _keys, mode, traces: false);
        role.State.Load(start.Saved.State);
        _sources = _driver.Streams.ToDictionary(
            stream => _keys.Stream(stream, seat.Shard),
            stream => new Source(_keys.LinksOf(seat, stream)[0], new EntryFinder(archive.Stream(stream.Name))));
        var written = StreamCatalog.WrittenBy(role.Name)
            .OrderBy(stream => stream.Name, StringComparer.Ordinal).ToArray();
        _outputStreams = written.ToDictionary(stream => _keys.Stream(stream, seat.Shard));
        _outputs =
        [
            .. written.Select(stream => new RecordedOutputs(
                archive, stream, role.Name, start.Outputs.GetValueOrDefault(_keys.Stream(stream, seat.Shard)))),
        ];
    }

    /// <summary>Recorded events that no input of the journal led to.</summary>
    public long Orphans => _outputs.Sum(output => output.Orphans);

    /// <summary>Every input behind the start, each handled when it is asked for.</summary>
    public IEnumerable<ReplayedInput> Run()
    {
        var journal = _archive.Stream(ArchiveSchema.JournalPrefix + _role.Name);
        CheckGaps(journal);
        foreach (var entry in new ArchiveReader(journal).Entries(new EntryId(_start.Saved.Sequence, long.MaxValue)))
        {
            var (text, atMs) = Commit(entry);
            foreach (var output in _outputs) output.PassBefore(atMs);
            foreach (var (key, id) in JournalText.Read(text)) yield return key is null ? Clock(id.Ms) : Input(key, id);
        }
    }

    public void Dispose()
    {
        foreach (var output in _outputs) output.Dispose();
    }

    private void CheckGaps(ArchiveStream journal)
    {
        var gap = journal.Gaps()
            .FirstOrDefault(gap => gap.Before is not { } before || before.Ms > _start.Saved.Sequence);
        if (gap is null) return;
        throw new ArchiveException(
            $"{_role.Name}: what it consumed is not known whole, its journal misses {gap}: replay from a later time "
            + "(--from), before which its state was saved.");
    }

    private static (string Text, long AtMs) Commit(ArchivedEntry entry)
    {
        var fields = entry.Batch.Fields(entry.Index);
        fields.TryGet("in"u8, 0, out var text);
        fields.TryGet("at"u8, 1, out var at);
        return (Encoding.UTF8.GetString(text), long.Parse(at, CultureInfo.InvariantCulture));
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
        return Handled("clock", atMs, [], string.Create(CultureInfo.InvariantCulture, $"clock.{atMs}"));
    }

    private ReplayedInput Input(string key, EntryId id)
    {
        if (!_sources.TryGetValue(key, out var source))
            throw new ArchiveException($"{_role.Name} consumed {key}, which it does not read in this build: "
                + "replay with its own.");
        var name = source.Link.Stream.Name;
        if (!source.Finder.TryFind(id, out var entry))
        {
            throw new ArchiveException(
                $"{_role.Name} consumed {name} {id}, which the archive does not have: see its gaps with ./quantum "
                + "data check, "
                + "and replay from a later time (--from), before which the role's state was saved.");
        }

        var fields = entry.Batch.Fields(entry.Index);
        Begin();
        if (!_driver.TryHandle(source.Link, in fields, id, out var fault))
        {
            throw new ArchiveException(
                $"{_role.Name} consumed {name} {id}, which this build cannot read ({fault.Text}): replay with its "
                + "own build.");
        }

        var cause = $"{name}@{id}";
        if (!source.Link.Stream.IsTail && fields.TryGet("event_id"u8, 0, out var eventId))
            cause = Encoding.UTF8.GetString(eventId);
        ClockFeed.TryTimeOf(in fields, source.Link.Stream.IsTail, out var atMs);
        return Handled($"{name} {id}", atMs, Decision.Texts(in fields), cause);
    }

    private ReplayedInput Handled(
        string source, long atMs, IReadOnlyList<KeyValuePair<string, string>> fields, string cause)
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

        return new ReplayedInput(_role.Name, ++_number, source, atMs, fields, replayed, recorded);
    }

    private sealed record Source(LogLink Link, EntryFinder Finder);
}
