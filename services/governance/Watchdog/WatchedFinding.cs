using System.Text.Json.Serialization;
using Quantum.Audit;
using Quantum.Roles.Governance;

namespace Quantum.Governance.Watchdog;

/// <summary>A finding with the stream's name in the catalog and the role that should read there.</summary>
public sealed record WatchedFinding
{
    /// <summary>The one code that no audit finds, because there was none.</summary>
    public const string CouldNotLookCode = "COULD_NOT_LOOK";

    public required string Code { get; init; }
    public required Severity Severity { get; init; }
    public string? Stream { get; init; }
    public string? StreamKey { get; init; }
    public string? Group { get; init; }
    public string? Role { get; init; }

    /// <summary>From 0.</summary>
    public long Count { get; init; }

    public required string Text { get; init; }
    public required string Mend { get; init; }

    /// <summary>What else tells it from another of its code: a server, a command; null when nothing needs to.</summary>
    public string? About { get; init; }

    /// <summary>What makes it the same finding in the next look.</summary>
    [JsonIgnore]
    public string Key => About is null ? $"{Code}|{StreamKey}|{Group}" : $"{Code}|{StreamKey}|{Group}|{About}";

    /// <summary>True where a greater count is worse news: what is lost, what was refused.</summary>
    [JsonIgnore]
    public bool Grows => Code is FindingCodes.DestroyedUnread or FindingCodes.DestroyedPending
        or FindingCodes.DeadLetters or FindingCodes.TicksDropped or FindingCodes.PositionNotClosed
        or FindingCodes.MarginCall or FindingCodes.SendLimitPassed;

    /// <summary>The findings of a look; what halts trading is critical and says so.</summary>
    public static IReadOnlyList<WatchedFinding> Of(AuditReport report, HaltSettings halts)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(halts);
        var streams = report.Streams.ToDictionary(stream => stream.Name);
        return [.. report.Findings.Select(finding => Weigh(Of(finding, streams), halts))];
    }

    /// <summary>The watchdog's own finding: the audit could not be made.</summary>
    public static WatchedFinding CouldNotLook(string reason) => new()
    {
        Code = CouldNotLookCode, Severity = Severity.Critical,
        Text = $"The audit cannot be made: {reason} Nobody watches the streams, and nothing can trade.",
        Mend = "bring Redis back: redis-cli PING must answer where ConnectionStrings:redis points to",
    };

    private static WatchedFinding Weigh(WatchedFinding finding, HaltSettings halts)
    {
        var raised = new AuditFinding
        {
            Code = finding.Code, Severity = finding.Severity, State = FindingState.Raised, Stream = finding.Stream,
            Role = finding.Role, Count = finding.Count, Text = finding.Text, Mend = finding.Mend, SinceMs = 0,
        };
        return halts.Halts(in raised)
            ? finding with { Severity = Severity.Critical, Text = finding.Text + " This halts trading." }
            : finding;
    }

    private static WatchedFinding Of(Finding finding, Dictionary<string, StreamReport> streams)
    {
        var stream = finding.Stream is null ? null : streams.GetValueOrDefault(finding.Stream);
        return new WatchedFinding
        {
            Code = finding.Code, Severity = finding.Severity, StreamKey = finding.Stream, Group = finding.Group,
            Stream = finding.Stream is null ? null : StreamKind.NameOf(finding.Stream),
            Role = stream?.Groups.FirstOrDefault(group => group.Name == finding.Group)?.Role,
            Count = finding.Count, Text = finding.Text, Mend = finding.Mend, About = finding.About,
        };
    }
}
