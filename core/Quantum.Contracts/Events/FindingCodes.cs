namespace Quantum.Contracts.Events;

/// <summary>The codes of what the audit finds.</summary>
public static class FindingCodes
{
    public const string NoActiveConsumer = "NO_ACTIVE_CONSUMER";
    public const string Stuck = "STUCK";
    public const string MissingGroup = "MISSING_GROUP";
    public const string OrphanStream = "ORPHAN_STREAM";
    public const string UnknownStream = "UNKNOWN_STREAM";
    public const string PinningGroup = "PINNING_GROUP";
    public const string Stale = "STALE";
    public const string DestroyedUnread = "DESTROYED_UNREAD";
    public const string DestroyedPending = "DESTROYED_PENDING";
    public const string ReportedLagWrong = "REPORTED_LAG_WRONG";
    public const string DeadLetters = "DEAD_LETTERS";
    public const string MixedModes = "MIXED_MODES";
    public const string UnknownSchema = "UNKNOWN_SCHEMA";
    public const string EvictionPolicy = "EVICTION_POLICY";
    public const string NoAppendOnlyFile = "NO_APPEND_ONLY_FILE";
    public const string PersistenceFailed = "PERSISTENCE_FAILED";
    public const string MemoryNearLimit = "MEMORY_NEAR_LIMIT";
    public const string SlowCommands = "SLOW_COMMANDS";
    public const string WrongType = "WRONG_TYPE";
    public const string CouldNotAsk = "COULD_NOT_ASK";
    public const string NothingSeen = "NOTHING_SEEN";
    public const string NodeAway = "NODE_AWAY";
    public const string SlotsUncovered = "SLOTS_UNCOVERED";
    public const string IsReplica = "IS_REPLICA";
    public const string ReplicaLinkDown = "REPLICA_LINK_DOWN";
    public const string PositionNotClosed = "POSITION_NOT_CLOSED";
    public const string PositionUnprotected = "POSITION_UNPROTECTED";
    public const string TicksDropped = "TICKS_DROPPED";
    public const string RecorderBehind = "RECORDER_BEHIND";
    public const string DecisionsDiffer = "DECISIONS_DIFFER";
    public const string ReplayBehind = "REPLAY_BEHIND";
    public const string EntriesBlocked = "ENTRIES_BLOCKED";
    public const string MarginCall = "MARGIN_CALL";
    public const string SendLimitPassed = "SEND_LIMIT_PASSED";
    public const string ClockDrift = "CLOCK_DRIFT";
    public const string VenueSettings = "VENUE_SETTINGS";
    public const string StandInLibrary = "STAND_IN_LIBRARY";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NoActiveConsumer, Stuck, MissingGroup, OrphanStream, UnknownStream, PinningGroup, Stale, DestroyedUnread,
        DestroyedPending, ReportedLagWrong, DeadLetters, MixedModes, UnknownSchema, EvictionPolicy, NoAppendOnlyFile,
        PersistenceFailed, MemoryNearLimit, SlowCommands, WrongType, CouldNotAsk, NothingSeen, NodeAway, SlotsUncovered,
        IsReplica, ReplicaLinkDown, PositionNotClosed, PositionUnprotected, TicksDropped, RecorderBehind,
        DecisionsDiffer, ReplayBehind, EntriesBlocked, MarginCall, SendLimitPassed, ClockDrift, VenueSettings,
        StandInLibrary,
    ];
}
