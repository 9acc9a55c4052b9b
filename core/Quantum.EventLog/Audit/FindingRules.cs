using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;

namespace Quantum.EventLog.Audit;

/// <summary>Turns what was seen into findings, the worst first.</summary>
internal static class FindingRules
{
    private const double NearLimitFraction = 0.9;
    private const double SlowMs = 100;

    public static IReadOnlyList<Finding> All(
        SystemFacts system, IReadOnlyList<StreamReport> streams, AuditSample sample) =>
    [
        .. OfRedis(system.Redis)
            .Concat(streams.SelectMany(stream => OfStream(system.Redis, stream, sample.Find(stream.Name))))
            .Concat(streams.SelectMany(stream => stream.Groups.SelectMany(group =>
                GroupFindings.Of(system.Redis, stream, group, sample.Find(stream.Name)))))
            .OrderByDescending(finding => finding.Severity),
    ];

    private static IEnumerable<Finding> OfRedis(RedisFacts redis)
    {
        if (redis.EvictionPolicy is not ("" or "noeviction"))
            yield return System(FindingCodes.EvictionPolicy, Severity.Critical,
                $"Redis evicts keys ({redis.EvictionPolicy}): that destroys streams with their groups.",
                "redis-cli CONFIG SET maxmemory-policy noeviction");
        if (!redis.AppendOnlyFile)
            yield return System(FindingCodes.NoAppendOnlyFile,
                redis.Mode is "live" or "testnet" ? Severity.Warning : Severity.Info,
                "Redis keeps no append-only file: a restart loses events.", "redis-cli CONFIG SET appendonly yes");
        if (!redis.PersistenceOk)
            yield return System(FindingCodes.PersistenceFailed, Severity.Critical,
                "Redis could not write its last save or append-only file.", "check the disk, then: redis-cli BGSAVE");
        if (redis.MaxMemoryBytes > 0 && redis.MemoryBytes > redis.MaxMemoryBytes * NearLimitFraction)
            yield return System(FindingCodes.MemoryNearLimit, Severity.Critical,
                $"Redis uses {redis.MemoryBytes >> 20} of {redis.MaxMemoryBytes >> 20} MiB; "
                + "at the limit every write is refused.",
                $"redis-cli CONFIG SET maxmemory {redis.MaxMemoryBytes * 2}, or find what grows: redis-cli --bigkeys");
        if (redis.SlowestMs >= SlowMs)
            yield return System(FindingCodes.SlowCommands, Severity.Info, string.Create(CultureInfo.InvariantCulture,
                $"{redis.RecentSlowCommands} slow commands in ten minutes, the slowest took {redis.SlowestMs:0} ms."),
                "redis-cli SLOWLOG GET 10") with { Count = redis.RecentSlowCommands };
    }

    private static IEnumerable<Finding> OfStream(RedisFacts redis, StreamReport stream, StreamFacts? facts)
    {
        var catalog = StreamKind.Of(stream.Name);
        if (catalog is null)
        {
            yield return new Finding(FindingCodes.UnknownStream, Severity.Info, stream.Name, null, stream.Length,
                $"{stream.Name} is not in the catalog; it holds {stream.Length} entries.",
                "add it to StreamCatalog, or remove what writes it");
            yield break;
        }

        if (stream.Verdict == StreamVerdict.OrphanStream)
            yield return new Finding(FindingCodes.OrphanStream, Severity.Warning, stream.Name, null, stream.Length,
                $"{catalog.Name} is written but has no consumer group at all: {stream.Length} entries have no reader.",
                "start its readers: ./quantum up");
        if (stream.DeadLetters > 0)
            yield return new Finding(FindingCodes.DeadLetters, Severity.Warning, stream.Name, null, stream.DeadLetters,
                $"{stream.DeadLetters} entries of {catalog.Name} are dead letters.",
                $"./quantum dlq list {catalog.Name}, then dlq redrive or dlq drop");
        foreach (var finding in OfEntries(redis, stream, catalog, facts?.Sampled ?? [])) yield return finding;
    }

    /// <summary>What the sampled entries say; how many of them tells a stray one from a new writer.</summary>
    private static IEnumerable<Finding> OfEntries(
        RedisFacts redis, StreamReport stream, EventStream catalog, IReadOnlyList<EntryMarks> sampled)
    {
        foreach (var version in stream.Versions)
        {
            if (!int.TryParse(version, CultureInfo.InvariantCulture, out var v) || v <= catalog.SchemaVersion) continue;
            var count = sampled.Count(entry => entry.Version == version);
            yield return new Finding(FindingCodes.UnknownSchema, Severity.Warning, stream.Name, null, count,
                $"{catalog.Name} carries schema version {v} in {count} of {sampled.Count} sampled entries; "
                + $"this build reads up to {catalog.SchemaVersion}.",
                "update every reader to the writer's build");
        }

        string[] wrong =
            [.. stream.Modes.Where(mode => redis.Mode is null ? stream.Modes.Count > 1 : mode != redis.Mode)];
        if (wrong.Length == 0) yield break;
        var counts = wrong.Select(mode => sampled.Count(entry => entry.Mode == mode)).ToArray();
        var modes = wrong.Zip(counts, (mode, count) => $"{mode} in {count}");
        yield return new Finding(FindingCodes.MixedModes, Severity.Critical, stream.Name, null, counts.Sum(),
            $"{catalog.Name} carries events of mode {string.Join(" and of ", modes)} of {sampled.Count} sampled entries"
            + (redis.Mode is null ? "." : $", in a system of mode {redis.Mode}."),
            "stop the writer of the other mode and give it a Redis database of its own");
    }

    private static Finding System(string code, Severity severity, string text, string mend) =>
        new(code, severity, null, null, 0, text, mend);
}
