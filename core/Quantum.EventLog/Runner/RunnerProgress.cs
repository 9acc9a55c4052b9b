namespace Quantum.EventLog.Runner;

/// <summary>How far a seat is on one stream.</summary>
/// <param name="Role">The role.</param>
/// <param name="Shard">Its shard.</param>
/// <param name="Stream">The stream's catalog name.</param>
/// <param name="StreamKey">The key of its shard.</param>
/// <param name="HasLease">True while this process owns the seat.</param>
/// <param name="LastCommittedId">The last entry committed by this process, or empty.</param>
/// <param name="LastCommitAtMs">When this process last committed on the seat, UTC epoch ms, or 0.</param>
/// <param name="OldestUnreadMs">Age of the oldest entry that is fetched but not committed, ms; 0 when there is
/// none.</param>
/// <param name="LagObjectiveMs">The longest the catalog lets an entry wait, ms.</param>
/// <param name="Fault">The last fault in one line, null once the seat works again.</param>
public sealed record RunnerProgress(
    string Role, int Shard, string Stream, string StreamKey, bool HasLease, string LastCommittedId, long LastCommitAtMs,
    long OldestUnreadMs, long LagObjectiveMs, string? Fault)
{
    /// <summary>Whether the seat keeps its promise: work that is waiting is younger than the objective.</summary>
    public bool IsHealthy => OldestUnreadMs <= LagObjectiveMs && (Fault is null || HasLease);
}
