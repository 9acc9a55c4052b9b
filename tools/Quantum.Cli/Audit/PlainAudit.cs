using Quantum.Audit;

namespace Quantum.Cli.Audit;

/// <summary>The audit as lines of text, for pipes and files.</summary>
internal static class PlainAudit
{
    public static void Write(AuditReport report, TextWriter target)
    {
        var redis = report.Redis;
        target.WriteLine(redis.IsKnown
            ? $"Redis {redis.Version} at {redis.Address}: {redis.MemoryBytes >> 20} MiB, {redis.Clients} clients, "
              + $"{redis.CommandsPerS} commands/s, {(redis.AppendOnlyFile ? "" : "no ")}append-only file, "
              + $"{redis.EvictionPolicy}; {Owner(redis)}"
            : $"Redis at {redis.Address}, which does not tell of itself; {Owner(redis)}");
        if (Kind(redis) is { } kind) target.WriteLine(kind);
        target.WriteLine();
        var layout = AuditLayout.Full;
        ShownText.Table(target, [[.. layout.Titles], .. AuditRows.Of(report, layout).Select(row => row.Cells)]);
        target.WriteLine();
        foreach (var finding in report.Findings)
        {
            target.WriteLine($"{finding.Severity.ToString().ToUpperInvariant()} {finding.Code}: {finding.Text}");
            target.WriteLine($"  mend: {finding.Mend}");
        }

        target.WriteLine(Conclusion(report));
    }

    /// <summary>What the whole comes to, on one line.</summary>
    public static string Conclusion(AuditReport report)
    {
        var critical = report.Findings.Count(finding => finding.Severity == Severity.Critical);
        var warnings = report.Findings.Count(finding => finding.Severity == Severity.Warning);
        return report.Verdict switch
        {
            AuditVerdict.Healthy => $"Healthy: {report.Streams.Count} streams, {report.Findings.Count} notes.",
            AuditVerdict.NothingSeen => $"Nothing was seen: {critical} critical, {warnings} warnings.",
            AuditVerdict.NotAllSeen => $"Not all was seen: {critical} critical, {warnings} warnings.",
            _ => $"{critical} critical, {warnings} warnings.",
        };
    }

    /// <summary>What is special about where it was looked: a replica, a cluster, other databases; null when
    /// nothing is.</summary>
    public static string? Kind(RedisFacts redis) => redis.Kind switch
    {
        RedisKind.Replica => $"A replica of {redis.Master}, "
            + (redis.IsMasterLinkUp ? "with its link up" : $"which lost it {redis.MasterLinkDownS} s ago"),
        RedisKind.Cluster => $"A cluster: {redis.Nodes.Count(n => n.IsMaster)} masters, "
            + $"{redis.Nodes.Count(n => n is { IsMaster: true, Slots: > 0, Fault: null })} of them looked at, "
            + $"and {redis.Nodes.Count(n => !n.IsMaster)} replicas",
        _ when redis.Databases.Count > 1 =>
            $"Keys are in databases {string.Join(", ", redis.Databases.Select(db => $"{db.Key} ({db.Value})"))}",
        _ => null,
    };

    public static string Owner(RedisFacts redis) => redis.IsQuantum
        ? $"mode {redis.Mode}, {redis.Members.Count} roles alive"
        : "not marked by Quantum: groups are judged by two looks";
}
