using System.Diagnostics;

namespace Quantum.Audit;

/// <summary>
/// The audit: looks at every stream and group of a Redis, ours or another's, judges what it sees and says what mends
/// it. Reads only. Kept for a second look, it compares with the first; a first look alone waits a moment and
/// looks twice. Not for several threads at once.
/// </summary>
public sealed class StreamAudit : IDisposable
{
    private const string JournalPrefix = "quantum:journal:";
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(100);

    private readonly AuditNodes _nodes;
    private readonly AuditSettings _settings;
    private AuditSample? _before;

    public StreamAudit(RespEndpoint endpoint, AuditSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _nodes = new AuditNodes(endpoint);
        _settings = settings ?? new AuditSettings();
    }

    /// <summary>
    /// Looks now. Throws <see cref="RespException"/> when it cannot at all; what a server refuses the report tells.
    /// </summary>
    public AuditReport Look(CancellationToken cancel = default)
    {
        var wall = Stopwatch.StartNew();
        var clock = Stopwatch.StartNew();
        _nodes.Open(cancel);
        var asking = new Asking(_nodes);
        var system = SystemFacts.Read(asking, cancel);
        var reader = new AuditReader(asking, _settings.EntryBudget);
        var keys = reader.FindStreams();
        var check = KeyCheck.Run(asking, system.Keys, keys);
        keys = [.. keys.Concat(check.Streams)];
        if (_before is null)
        {
            _before = reader.Sample(keys);
            clock.Stop();
            cancel.WaitHandle.WaitOne(NeedsLongLook(system, _before) ? _settings.BetweenLooks : s_settle);
            cancel.ThrowIfCancellationRequested();
            clock.Start();
        }

        var sample = reader.Deepen(reader.Sample(keys));
        var streams = Streams(system, sample, _before, check);
        _before = sample;
        // A server may have gone away since the map was read.
        if (_nodes.IsCluster)
            system = system with { Redis = system.Redis with { Nodes = ServerReading.NodesOf(_nodes) } };
        var counted = CountedFindings.Read(asking, system);
        var venue = VenueFindings.Read(asking, system);
        var replay = ReplayReport.Read(asking, system);
        var findings = FindingRules.All(
            asking, system, streams, sample, check,
            [.. counted, .. venue, .. ReplayFindings.Of(system.Redis, replay)]);
        return new AuditReport
        {
            Redis = system.Redis, Streams = streams, Findings = findings, EntriesRead = reader.EntriesRead,
            Replay = replay,
            Unanswered = [.. asking.Unanswered],
            TookMs = clock.Elapsed.TotalMilliseconds, WallMs = wall.Elapsed.TotalMilliseconds,
        };
    }

    public void Dispose() => _nodes.Dispose();

    /// <summary>Only leases say at once who is alive; anybody else must be seen not to move.</summary>
    private static bool NeedsLongLook(SystemFacts system, AuditSample sample) =>
        !system.Redis.IsQuantum
        || sample.Streams.Any(stream =>
            StreamKind.NameOf(stream.Key) is null && !IsInternal(stream.Key) && stream.Groups.Count > 0);

    private static bool IsInternal(string key) =>
        key.StartsWith(JournalPrefix, StringComparison.Ordinal)
        || key.StartsWith(EventStream.DeadLetterPrefix, StringComparison.Ordinal);

    private IReadOnlyList<StreamReport> Streams(
        SystemFacts system, AuditSample sample, AuditSample before, KeyCheck check)
    {
        var expected = ExpectedReader.All(system.Keys, system.Redis.Mode);
        var order = StreamCatalog.All.Select((stream, i) => (stream.Name, i)).ToDictionary(s => s.Name, s => s.i);
        var shown = sample.Streams.Where(stream => !IsInternal(stream.Key)).ToList();
        shown.AddRange(check.Odd.Where(odd => StreamKind.NameOf(odd.Key) is not null)
            .Select(odd => new StreamFacts { Key = odd.Key, OtherType = odd.Found ?? "" }));
        // A running system makes every stream it reads: one that is not there has no reader.
        if (system.Redis is { IsQuantum: true, Members.Count: > 0 })
        {
            var there = shown.Select(stream => stream.Key).ToHashSet();
            var absent = expected.Where(reader => reader.IsRequired).Select(reader => reader.StreamKey).Distinct();
            shown.AddRange(absent.Where(key => !there.Contains(key))
                .Select(key => new StreamFacts { Key = key, Added = 0, IsKnown = !check.Unknown.Contains(key) }));
        }

        return
        [
            .. shown
                .OrderBy(s => StreamKind.NameOf(s.Key) is { } name ? order[name] : int.MaxValue)
                .ThenBy(s => s.Key, StringComparer.Ordinal)
                .Select(stream =>
                    Stream(system, sample, before, stream, [.. expected.Where(e => e.StreamKey == stream.Key)])),
        ];
    }

    private StreamReport Stream(
        SystemFacts system, AuditSample sample, AuditSample before, StreamFacts stream, ExpectedReader[] expected)
    {
        var earlier = before.Find(stream.Key);
        var seconds = (sample.AtMs - before.AtMs) / 1000.0;
        var added = (stream.Added ?? 0) - (earlier?.Added ?? 0);
        var groups = stream.Groups.Select(group => GroupJudge.Judge(
            system, stream, group, earlier?.Groups.FirstOrDefault(g => g.Name == group.Name),
            expected.FirstOrDefault(e => e.Group == group.Name), sample.AtMs));
        var missing = stream is { IsKnown: true, OtherType: null }
            ? expected.Where(e => e.IsRequired && stream.Groups.All(group => group.Name != e.Group))
            : [];
        var isKnown = StreamKind.NameOf(stream.Key) is not null;
        var sampled = stream.Sampled;
        return new StreamReport
        {
            Name = stream.Key, Known = isKnown, Length = stream.Length,
            Node = _nodes.IsCluster ? _nodes.Of(stream.Key)?.Address : null, Verdict = VerdictOf(stream, isKnown),
            RatePerS = seconds > 0 && added > 0 ? Math.Round(added / seconds, 2) : 0,
            FirstId = stream.First?.ToString(), LastId = stream.Last?.ToString(),
            FirstAgeMs = GroupJudge.AgeMs(stream.First, sample.AtMs),
            LastAgeMs = GroupJudge.AgeMs(stream.Last, sample.AtMs),
            EntriesAdded = stream.Added, SampledEntries = sampled.Count,
            Versions = Values(sampled, entry => entry.Version), Modes = Values(sampled, entry => entry.Mode),
            DeadLetters = DeadLettersOf(sample, stream.Key), Sample = stream.LastFields,
            Groups = [.. groups, .. missing.Select(e => GroupJudge.Missing(stream, e, sample.AtMs))],
        };
    }

    private static StreamVerdict? VerdictOf(StreamFacts stream, bool isKnown) =>
        stream.OtherType is not null ? StreamVerdict.WrongType
        : !stream.IsKnown ? StreamVerdict.CouldNotAsk
        : !isKnown ? StreamVerdict.UnknownStream
        : stream.Length > 0 && stream.Groups.All(group => GroupReport.IsOfRecorder(group.Name))
            ? StreamVerdict.OrphanStream : null;

    private static string[] Values(IReadOnlyList<EntryMarks> sampled, Func<EntryMarks, string?> value) =>
        [.. sampled.Select(value).OfType<string>().Distinct()];

    private static long DeadLettersOf(AuditSample sample, string key) =>
        key.StartsWith(EventStream.KeyPrefix, StringComparison.Ordinal)
            ? sample.Find(EventStream.DeadLetterPrefix + key[EventStream.KeyPrefix.Length..])?.Length ?? 0
            : 0;
}
