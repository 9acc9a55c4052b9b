namespace Quantum.EventLog;

/// <summary>
/// A session that works ahead: while the log commits one batch and reads the one after next, the caller handles the
/// next. One pair may be under way; nothing else may be called until it is ended. Commits still take effect in order,
/// and one that is refused refuses all behind it.
/// </summary>
public interface IPipelinedSession : ILogSession
{
    /// <summary>Sends a commit (none when null) and then a fetch.</summary>
    void Begin(CommitBatch? commit, ReadOnlySpan<LinkRead> reads);

    /// <summary>
    /// Waits for the pair begun last. The reply of a fetch alone is Ok, or Fenced. The target is filled when the
    /// reply is Ok or Duplicate.
    /// </summary>
    CommitReply End(LogBatch target);
}
