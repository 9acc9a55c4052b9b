namespace Quantum.Roles.Governance;

/// <summary>A finding of the audit that is in force.</summary>
internal sealed record HeldFinding
{
    public required string Code { get; init; }
    public required Severity Severity { get; init; }
    public string? Stream { get; init; }
    public string? StreamKey { get; init; }
    public string? Group { get; init; }
    public string? Role { get; init; }

    /// <summary>From 0.</summary>
    public required long Count { get; init; }

    public required string Text { get; init; }

    /// <summary>The count that the operator took note of by a reset, from 0.</summary>
    public long AcknowledgedCount { get; init; }

    public static HeldFinding Of(in AuditFinding finding) => new()
    {
        Code = finding.Code, Severity = finding.Severity, Stream = finding.Stream, StreamKey = finding.StreamKey,
        Group = finding.Group, Role = finding.Role, Count = finding.Count, Text = finding.Text,
    };

    /// <summary>Whether both tell of the same thing.</summary>
    public bool IsSame(HeldFinding other) =>
        Code == other.Code && StreamKey == other.StreamKey && Group == other.Group;
}
