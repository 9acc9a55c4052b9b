using Quantum.Contracts.Units;

namespace Quantum.Bench.Latency;

/// <summary>A tick that was sent. Times in Stopwatch ticks.</summary>
/// <param name="Market">Index of its market.</param>
/// <param name="Step">How many new highs the market had seen with it.</param>
/// <param name="IsStep">True for a new high.</param>
/// <param name="DueAt">When it was to be sent.</param>
/// <param name="StoredAt">When Redis had confirmed it.</param>
/// <param name="Id">Its id on market.tick.</param>
internal readonly record struct SentTick(int Market, int Step, bool IsStep, long DueAt, long StoredAt, EntryId Id);
