namespace Quantum.Roles.Executor.State;

/// <summary>The latest time consumed.</summary>
internal sealed class ExecutorClock
{
    /// <summary>UTC epoch ms; null before the first.</summary>
    public long? LatestMs { get; set; }
}
