namespace Quantum.Console;

/// <summary>The whole system at one moment, as Redis tells it.</summary>
public sealed record SystemStatus
{
    public required string Mode { get; init; }

    /// <summary>True when a recorded market is played.</summary>
    public required bool Tape { get; init; }

    /// <summary>Redis TIME, UTC epoch ms: every age on the page is against it.</summary>
    public required long NowMs { get; init; }

    /// <summary>Tape time of the last completed step, UTC epoch ms; null in real time or before the first.</summary>
    public required long? FeedPositionMs { get; init; }

    /// <summary>True once a recording was played to its end.</summary>
    public required bool FeedDone { get; init; }

    /// <summary>Why the operator paused the feed, and who; null while it goes on.</summary>
    public string? FeedPause { get; init; }

    /// <summary>What is seen to keep the system from entering positions, in words; empty when nothing is.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];

    public required IReadOnlyList<SeatStatus> Seats { get; init; }
    public required IReadOnlyList<StreamStatus> Streams { get; init; }

    /// <summary>The newest entry of <c>portfolio.snapshot_updated</c>; null before the first.</summary>
    public required EntryStatus? Snapshot { get; init; }

    /// <summary>The newest entry of <c>portfolio.exposure_updated</c>; null before the first.</summary>
    public required EntryStatus? Exposure { get; init; }

    /// <summary>The newest entry of <c>policy.updated</c>; null before the first.</summary>
    public required EntryStatus? Policy { get; init; }

    /// <summary>The newest entries of <c>ai.signal_generated</c>, newest first.</summary>
    public IReadOnlyList<EntryStatus> Signals { get; init; } = [];

    /// <summary>The newest entries of <c>trade.closed</c>, newest first.</summary>
    public required IReadOnlyList<EntryStatus> Trades { get; init; }

    /// <summary>The last time that each role put each subject aside, the newest first.</summary>
    public required IReadOnlyList<ReasonStatus> Reasons { get; init; }

    /// <summary>How often roles put something aside, the most frequent first.</summary>
    public required IReadOnlyList<CountStatus> Counts { get; init; }
}

/// <summary>One role on one shard and who holds its lease.</summary>
/// <param name="Service">The service that runs it.</param>
/// <param name="Seat">The role, with its shard when there is more than one.</param>
/// <param name="Owner">The process that holds it or held it last; null when nobody ever did.</param>
/// <param name="Held">True while the lease runs.</param>
/// <param name="LeftMs">How long the lease still runs, ms; negative since it ended; null without an owner.</param>
public sealed record SeatStatus(string Service, string Seat, string? Owner, bool Held, long? LeftMs);

/// <summary>One stream's key.</summary>
/// <param name="Name">The key without its prefix.</param>
/// <param name="EntriesAdded">Since it was made, from 0.</param>
/// <param name="Length">Entries kept now, from 0.</param>
/// <param name="AgeMs">Age of the newest entry, ms; null when there is none.</param>
/// <param name="DeadLetters">Entries that nobody could handle, from 0.</param>
/// <param name="Groups">The groups of the roles that run in this mode.</param>
public sealed record StreamStatus(
    string Name, long EntriesAdded, long Length, long? AgeMs, long DeadLetters, IReadOnlyList<GroupStatus> Groups);

/// <summary>One reader of a stream.</summary>
/// <param name="Role">Who reads.</param>
/// <param name="Exists">False when the group was never made, so nothing is read.</param>
/// <param name="Pending">Delivered and not acknowledged, from 0.</param>
/// <param name="BehindMs">From the group's position to the newest entry, ms; 0 at the end; null without a
/// group.</param>
/// <param name="LagObjectiveMs">The longest that is in order, ms.</param>
public sealed record GroupStatus(string Role, bool Exists, long Pending, long? BehindMs, long LagObjectiveMs);

/// <summary>An entry as it stands on its stream.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="AgeMs">Since it was written, ms.</param>
/// <param name="Fields">Name to text, in wire order.</param>
public sealed record EntryStatus(string Id, long AgeMs, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>A field's text; empty when it is not there.</summary>
    public string this[string field] => Fields.TryGetValue(field, out var text) ? text : "";
}

/// <summary>The newest reason for not acting on a subject.</summary>
/// <param name="Seat">The role, with its shard when there is more than one.</param>
/// <param name="What">The counter and its subject, for example <c>signal_dropped/BTCUSDT</c>.</param>
/// <param name="AtMs">When, in the time of the market that is played, UTC epoch ms.</param>
/// <param name="Reason">Why.</param>
public sealed record ReasonStatus(string Seat, string What, long AtMs, string Reason);

/// <summary>How often a role did not act for one reason.</summary>
/// <param name="Seat">The role, with its shard when there is more than one.</param>
/// <param name="What">Counter, reason and subject, for example <c>signal_dropped/cooldown/BTCUSDT</c>.</param>
/// <param name="Times">From 1.</param>
public sealed record CountStatus(string Seat, string What, long Times);
