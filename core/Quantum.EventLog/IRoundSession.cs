namespace Quantum.EventLog;

/// <summary>A session to which a tape's turns hand what its seat reads of each round.</summary>
public interface IRoundSession : ILogSession
{
    /// <summary>True where rounds are handed over: on a tape of one shard.</summary>
    bool HearsRounds { get; }

    /// <summary>
    /// Waits for the next round, or until the time is over or <see cref="ILogSession.Interrupt"/> was called (false).
    /// <paramref name="target"/> (cleared first) has its entries in their order, without those that the reads have
    /// passed. Nothing is claimed by it: a commit moves the groups to its cursors. What is lost on the way, and what
    /// was published outside of turns, a <see cref="ILogSession.Fetch"/> finds.
    /// </summary>
    /// <param name="reads">The seat's links, and how far each was read.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="target">Takes the entries.</param>
    bool WaitRound(ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target);

    /// <summary>
    /// Commits, and then waits for the next round as <see cref="WaitRound"/> does, without waiting for the commit's
    /// reply in between. What a round has behind a commit that was refused is not taken.
    /// </summary>
    /// <param name="commit">What is committed; its end is noted in it.</param>
    /// <param name="reads">The seat's links, and how far each was read.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="target">Takes the entries.</param>
    /// <param name="heard">As <see cref="WaitRound"/> gives it.</param>
    CommitReply CommitAndWaitRound(
        CommitBatch commit, ReadOnlySpan<LinkRead> reads, TimeSpan timeout, LogBatch target, out bool heard);
}
