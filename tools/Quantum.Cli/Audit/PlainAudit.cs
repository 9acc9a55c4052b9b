using Quantum.Contracts.Events;
using Quantum.EventLog.Audit;

namespace Quantum.Cli.Audit;

/// <summary>The audit as lines of text, for pipes and files.</summary>
internal static class PlainAudit
{
    public static void Write(AuditReport report, TextWriter target)
    {
        var redis = report.Redis;
        target.WriteLine(
            $"Redis {redis.Version} at {redis.Address}: {redis.MemoryBytes >> 20} MiB, {redis.Clients} clients, "
            + $"{redis.CommandsPerS} commands/s, {(redis.AppendOnlyFile ? "" : "no ")}append-only file, "
            + $"{redis.EvictionPolicy}; {Owner(redis)}");
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

    public static string Conclusion(AuditReport report) => report.IsHealthy
        ? $"Healthy: {report.Streams.Count} streams, {report.Findings.Count} notes."
        : $"{report.Findings.Count(f => f.Severity == Severity.Critical)} critical, "
          + $"{report.Findings.Count(f => f.Severity == Severity.Warning)} warnings.";

    public static string Owner(RedisFacts redis) => redis.IsQuantum
        ? $"mode {redis.Mode}, {redis.Members.Count} roles alive"
        : "not marked by Quantum: groups are judged by two looks";
}
