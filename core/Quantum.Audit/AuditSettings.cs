namespace Quantum.Audit;

/// <summary>How the audit looks.</summary>
public sealed record AuditSettings
{
    /// <summary>The most stream entries that may be read, from 0; first and last entries count.</summary>
    public int EntryBudget { get; init; } = 1500;

    /// <summary>Between the two looks at somebody else's groups.</summary>
    public TimeSpan BetweenLooks { get; init; } = TimeSpan.FromMilliseconds(600);
}
