using Quantum.Testing;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>Random calls on both logs: every answer is the same.</summary>
public sealed class DifferentialTests : IDisposable
{
    private const int Seeds = 120;
    private const int Steps = 80;
    private readonly RedisServer _server = RedisServer.Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_memory_log_answers_as_the_redis_log_does()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var redis = new RedisConformanceLog(_server);
            using var memory = new MemoryConformanceLog();
            var expected = LogScript.Run(redis, seed, Steps);
            var actual = LogScript.Run(memory, seed, Steps);
            var differs = expected.Zip(actual).FirstOrDefault(pair => pair.First != pair.Second);
            Assert.True(
                differs == default,
                $"seed {seed}: Redis says '{differs.First}', memory '{differs.Second}' after\n"
                + string.Join('\n', expected.TakeWhile(line => line != differs.First)));
        }
    }

    [Fact]
    public void Another_seed_tells_another_story()
    {
        using var one = new MemoryConformanceLog();
        using var other = new MemoryConformanceLog();
        Assert.NotEqual(LogScript.Run(one, 1, Steps), LogScript.Run(other, 2, Steps));
    }
}
