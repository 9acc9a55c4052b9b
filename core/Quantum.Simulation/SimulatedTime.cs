namespace Quantum.Simulation;

/// <summary>The time of a simulation: what the log's server has, and a process but for its skew.</summary>
/// <param name="skewMs">How far this clock is ahead, ms.</param>
/// <param name="world">The clock that it is ahead of; null: it is the world's.</param>
internal sealed class SimulatedTime(SimulatedTime? world = null, Func<long>? skewMs = null) : TimeProvider
{
    private long _nowMs;

    /// <summary>UTC epoch ms.</summary>
    public long NowMs => world is null ? _nowMs : world.NowMs + skewMs!();

    public override long TimestampFrequency => 1000;

    public void MoveTo(long ms) => _nowMs = Math.Max(_nowMs, ms);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    // What elapses is not what the hands show: a clock that is set back measures on.
    public override long GetTimestamp() => world is null ? _nowMs : world.NowMs;
}
