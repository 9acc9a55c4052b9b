namespace Quantum.Audit;

/// <summary>Turns what was seen, and what was not, into findings, the worst first.</summary>
internal static class FindingRules
{
    public static IReadOnlyList<Finding> All(
        Asking asking, SystemFacts system, IReadOnlyList<StreamReport> streams, AuditSample sample, KeyCheck check,
        IReadOnlyList<Finding> counted) =>
    [
        .. ServerFindings.Of(system)
            .Concat(SightFindings.Of(asking, system, sample, check))
            .Concat(counted)
            .Concat(streams.SelectMany(stream => OfStream(system.Redis, stream, sample.Find(stream.Name))))
            .Concat(streams.SelectMany(stream => stream.Groups.SelectMany(group =>
                GroupFindings.Of(system.Redis, stream, group, sample.Find(stream.Name)))))
            .OrderByDescending(finding => finding.Severity),
    ];

    private static IEnumerable<Finding> OfStream(RedisFacts redis, StreamReport stream, StreamFacts? facts)
    {
        var catalog = StreamKind.Of(stream.Name);
        if (catalog is null)
        {
            yield return new Finding(FindingCodes.UnknownStream, Severity.Info, stream.Name, null, stream.Length,
                $"{stream.Name} is not in the catalog; "
                + (stream.Verdict == StreamVerdict.CouldNotAsk ? "its length is not known."
                    : $"it holds {stream.Length} entries."),
                redis.IsQuantum
                    ? "give it a Redis database of its own, or add it to StreamCatalog"
                    : "none is needed: this Redis is not Quantum's");
            yield break;
        }

        if (stream.Verdict == StreamVerdict.OrphanStream)
            yield return new Finding(FindingCodes.OrphanStream, Severity.Warning, stream.Name, null, stream.Length,
                $"{catalog.Name} is written but has no consumer group at all: {stream.Length} entries have no reader.",
                StartMend.Of(redis, catalog.Consumers.Select(consumer => consumer.Role)));
        if (stream.DeadLetters > 0)
            yield return new Finding(FindingCodes.DeadLetters, Severity.Warning, stream.Name, null, stream.DeadLetters,
                $"{stream.DeadLetters} entries of {catalog.Name} are dead letters.",
                redis.IsQuantum
                    ? $"./quantum dlq list {catalog.Name}, then dlq redrive or dlq drop"
                    : "look at them, and let their system send them again: " + redis.KeyCli.Command(
                        "XREVRANGE", EventStream.DeadLetterPrefix + stream.Name[EventStream.KeyPrefix.Length..],
                        "+", "-", "COUNT", "10"));
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
}
