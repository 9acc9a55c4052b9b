namespace Quantum.Audit;

/// <summary>An audit in one word.</summary>
public enum AuditVerdict
{
    Healthy,

    /// <summary>Something needs attention.</summary>
    Findings,

    /// <summary>Not a single stream was seen: that is no health.</summary>
    NothingSeen,

    /// <summary>Something could not be asked: what is not found may be there.</summary>
    NotAllSeen,
}

/// <summary>Everything one audit found.</summary>
public sealed record AuditReport
{
    public required RedisFacts Redis { get; init; }

    /// <summary>The catalog's streams first, in its order, then the unknown ones by name.</summary>
    public required IReadOnlyList<StreamReport> Streams { get; init; }

    /// <summary>Questions that got no answer; empty when everything was seen.</summary>
    public IReadOnlyList<Unanswered> Unanswered { get; init; } = [];

    /// <summary>The worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What a replay of the running system told; null where nobody replays.</summary>
    public ReplayReport? Replay { get; init; }

    /// <summary>How long looking took, ms from 0, connecting included, without the pause before a first look's
    /// second sample.</summary>
    public double TookMs { get; init; }

    /// <summary>The same with that pause, ms from 0: what the caller waited.</summary>
    public double WallMs { get; init; }

    /// <summary>Stream entries that were read for it.</summary>
    public int EntriesRead { get; init; }

    /// <summary>The whole in one word.</summary>
    public AuditVerdict Verdict => IsHealthy ? AuditVerdict.Healthy
        : Findings.Any(finding => finding.Code == FindingCodes.NothingSeen) ? AuditVerdict.NothingSeen
        : IsWhole ? AuditVerdict.Findings : AuditVerdict.NotAllSeen;

    /// <summary>True when every question was answered, by every server that holds keys.</summary>
    public bool IsWhole => Unanswered.Count == 0 && AreServersThere;

    /// <summary>True when a critical finding that is not here is not there: nothing could hide one.</summary>
    public bool IsProof =>
        Unanswered.All(unanswered => unanswered.Command.Severity < Severity.Critical) && AreServersThere;

    private bool AreServersThere => !Findings.Any(finding => finding.Severity == Severity.Critical
        && finding.Code is (FindingCodes.NodeAway or FindingCodes.ReplicaLinkDown));

    /// <summary>True when nothing needs attention: infos do not count.</summary>
    public bool IsHealthy => Findings.All(finding => finding.Severity == Severity.Info);
}
