namespace Quantum.Audit;

/// <summary>Whether somebody reads.</summary>
public enum Verdict
{
    /// <summary>It reads, or has just begun to fall behind.</summary>
    Active,

    /// <summary>A reader is there and nothing waits.</summary>
    Idle,

    /// <summary>A reader is there, work waits, and nothing moves.</summary>
    Stuck,

    /// <summary>Nobody reads.</summary>
    NoActiveConsumer,

    /// <summary>The catalog names the group, Redis does not have it.</summary>
    MissingGroup,

    /// <summary>What would tell could not be asked.</summary>
    Unknown,
}

/// <summary>What a figure says about the truth.</summary>
public enum Bound { Exact, AtLeast, AtMost }

/// <summary>One consumer group, judged.</summary>
public sealed record GroupReport
{
    /// <summary>The group's name in its text: bytes that are no printable sign are escaped.</summary>
    public required string Name { get; init; }

    /// <summary>The catalog's role that reads here; null for a group that the catalog does not know.</summary>
    public string? Role { get; init; }

    /// <summary>Entries in the stream behind the group's position, from 0: what it can still read.</summary>
    public required long Unread { get; init; }

    /// <summary>Exact, or at least so many when counting on would have read too much.</summary>
    public Bound UnreadBound { get; init; }

    /// <summary>Entries, from 0, that are gone and that the group was never given.</summary>
    public required long DestroyedUnread { get; init; }

    public Bound DestroyedUnreadBound { get; init; }

    /// <summary>Delivered, not acknowledged, from 0.</summary>
    public required long Pending { get; init; }

    /// <summary>Since the oldest pending entry was last delivered, ms; null without one.</summary>
    public long? OldestPendingAgeMs { get; init; }

    /// <summary>Deliveries of the oldest pending entry, from 1; 0 without one.</summary>
    public long OldestPendingDeliveries { get; init; }

    /// <summary>Age of the first unread entry by its id and the server's clock, ms; null without one.</summary>
    public long? OldestUnreadAgeMs { get; init; }

    /// <summary>Registered consumers, from 0.</summary>
    public required long Consumers { get; init; }

    /// <summary>Registered consumers that nothing alive stands behind, from 0.</summary>
    public required long StaleConsumers { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>True when it does not move and so keeps entries that are due to be trimmed.</summary>
    public bool IsPinning { get; init; }

    /// <summary>All that is said of it in short: <see cref="Verdict"/>, then PINNING_GROUP and STALE n where they
    /// hold.</summary>
    public IReadOnlyList<string> Verdicts =>
    [
        JsonNamingPolicy.SnakeCaseUpper.ConvertName(Verdict.ToString()),
        .. IsPinning ? [FindingCodes.PinningGroup] : Array.Empty<string>(),
        .. StaleConsumers > 0 ? [$"{FindingCodes.Stale} {StaleConsumers}"] : Array.Empty<string>(),
    ];

    /// <summary>What Redis says; null when it does not know. Not to be trusted.</summary>
    public long? ReportedLag { get; init; }

    /// <summary>The last id delivered; null for a missing group.</summary>
    public string? Position { get; init; }

    /// <summary>Those that nothing alive stands behind.</summary>
    internal IReadOnlyList<ConsumerFacts> Stale { get; init; } = [];

    /// <summary>True when it notes how far an archive's recorder is, and nobody reads through it.</summary>
    internal bool IsRecorder => IsOfRecorder(Name);

    internal static bool IsOfRecorder(string group) =>
        group.StartsWith(StreamCatalog.RecorderGroup, StringComparison.Ordinal);

    /// <summary>True when what Redis reports is not what can be read, and that is known for sure.</summary>
    internal bool IsReportedLagWrong => ReportedLag is { } lag && UnreadBound == Bound.Exact && lag != Unread;
}
