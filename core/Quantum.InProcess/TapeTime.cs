namespace Quantum.InProcess;

/// <summary>The time of a tape: the latest that was played.</summary>
internal sealed class TapeTime : TimeProvider
{
    private long _nowMs = 1;

    /// <summary>UTC epoch ms.</summary>
    public long NowMs => _nowMs;

    /// <summary>Goes forward only.</summary>
    public void MoveTo(long ms) => _nowMs = Math.Max(_nowMs, ms);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(_nowMs);
}
