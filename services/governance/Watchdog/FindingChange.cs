namespace Quantum.Governance.Watchdog;

/// <summary>What there is to tell of a finding.</summary>
public enum ChangeKind { Raised, Changed, Cleared, Reminder }

/// <summary>One thing to tell.</summary>
/// <param name="Kind">What became of the finding.</param>
/// <param name="Finding">As it is now; as it was last, when it is cleared.</param>
/// <param name="SinceMs">When it was first seen, UTC epoch ms.</param>
/// <param name="AtMs">When this was noticed, UTC epoch ms.</param>
public sealed record FindingChange(ChangeKind Kind, WatchedFinding Finding, long SinceMs, long AtMs)
{
    /// <summary>The same after a restart and in another replica, so that it is told once.</summary>
    public string Identity => FormattableString.Invariant(
        $"{Finding.Key}|{SinceMs}|{Kind}|{Finding.Severity}|{Finding.Count}")
        + (Kind == ChangeKind.Reminder ? FormattableString.Invariant($"|{AtMs}") : "");

    /// <summary>The event that tells it; null for a reminder, which is news to people only.</summary>
    public AuditFinding? ToEvent() => Kind == ChangeKind.Reminder ? null : new AuditFinding
    {
        Code = Finding.Code, Severity = Finding.Severity, Stream = Finding.Stream, StreamKey = Finding.StreamKey,
        Group = Finding.Group, Role = Finding.Role, Count = Finding.Count, Text = Finding.Text, Mend = Finding.Mend,
        SinceMs = SinceMs,
        State = Kind switch
        {
            ChangeKind.Raised => FindingState.Raised,
            ChangeKind.Cleared => FindingState.Cleared,
            _ => FindingState.Changed,
        },
    };
}

/// <summary>What is remembered of a finding over restarts and for another replica.</summary>
/// <param name="Last">What was told last; cleared ones are kept until that was told.</param>
/// <param name="IsTold">True when an alert about it was delivered, or nobody is to be told.</param>
public sealed record FindingMemory(FindingChange Last, bool IsTold);
