using Quantum.Contracts.Events;

namespace Quantum.EventLog.Audit;

/// <summary>Everything one audit found.</summary>
public sealed record AuditReport
{
    public required RedisFacts Redis { get; init; }

    /// <summary>The catalog's streams first, in its order, then the unknown ones by name.</summary>
    public required IReadOnlyList<StreamReport> Streams { get; init; }

    /// <summary>The worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>How long looking took, ms from 0, connecting included, without the pause before a first look's
    /// second sample.</summary>
    public double TookMs { get; init; }

    /// <summary>The same with that pause, ms from 0: what the caller waited.</summary>
    public double WallMs { get; init; }

    /// <summary>Stream entries that were read for it.</summary>
    public int EntriesRead { get; init; }

    /// <summary>True when nothing needs attention: infos do not count.</summary>
    public bool IsHealthy => Findings.All(finding => finding.Severity == Severity.Info);
}
