using Quantum.InProcess;

namespace Quantum.Simulation;

/// <summary>A process's clock: the simulation's time but for its skew.</summary>
/// <param name="world">The log server's time.</param>
/// <param name="skewMs">How far this clock is ahead, ms.</param>
internal sealed class SkewedTime(TapeTime world, Func<long> skewMs) : TimeProvider
{
    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(world.NowMs + skewMs());

    // What elapses is not what the hands show: a clock that is set back measures on.
    public override long GetTimestamp() => world.NowMs;
}
