using System.Collections.Concurrent;
using Quantum.Contracts.Catalog;
using Quantum.EventLog.Resp;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Runner;

public sealed class JobRunnerTests : IDisposable
{
    private static readonly TimeSpan s_silent = TimeSpan.FromMilliseconds(300);
    private readonly RedisWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Workers_share_the_jobs_and_each_is_answered_once()
    {
        var done = new ConcurrentDictionary<string, long>();
        using var first = Start("one", (ping, _) => Count(done, "one"));
        using var second = Start("two", (ping, _) => Count(done, "two"));
        for (var i = 1; i <= 40; i++) TestStreams.Send(_world.Log, 0, i);
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 40);
        Assert.Equal(40, first.Finished + second.Finished);
        Assert.Equal(40, _world.Entries(TestStreams.Pongs.Key).Select(pong => pong["number"]).Distinct().Count());
        first.Stop();
        Eventually.True(() => _world.Pending(TestStreams.Pings.Key, TestStreams.Pings.Consumers[0].Group) == 0);
        Assert.DoesNotContain("one", Consumers());
    }

    [Fact]
    public void A_long_job_is_held_and_not_taken_over()
    {
        using var release = new ManualResetEventSlim();
        var starts = 0;
        using var first = Start("one", Slow);
        using var second = Start("two", Slow);
        TestStreams.Send(_world.Log, 0, 1);
        Eventually.True(() => Volatile.Read(ref starts) == 1);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Eventually.True(() => clock.Elapsed > 5 * s_silent);
        Assert.Equal(1, Volatile.Read(ref starts));
        release.Set();
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 1);

        ValueTask Slow(Ping ping, CancellationToken cancel)
        {
            Interlocked.Increment(ref starts);
            release.Wait(cancel);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public void A_job_of_a_silent_worker_is_taken_over()
    {
        TestStreams.Send(_world.Log, 0, 1);
        var group = TestStreams.Pings.Consumers[0].Group;
        _world.Ask(c => c.Call("XGROUP", "CREATE", TestStreams.Pings.Key, group, "0").ReadString());
        _world.Ask(c => c.Call(
            "XREADGROUP", "GROUP", group, "dead", "COUNT", "1", "STREAMS", TestStreams.Pings.Key, ">").ReadArray());
        using var worker = Start("one", (_, _) => ValueTask.CompletedTask);
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 1);
        Eventually.True(() => worker.Finished == 1);
    }

    [Fact]
    public void A_job_that_always_fails_becomes_a_dead_letter()
    {
        using var worker = Start("one", (_, _) => throw new IOException("no disk"));
        TestStreams.Send(_world.Log, 0, 1);
        Eventually.True(() => _world.Length(TestStreams.Pings.DeadLetterKey) == 1);
        Assert.Equal("3", _world.Entries(TestStreams.Pings.DeadLetterKey)[0]["dlq_attempts"]);
        Eventually.True(() => _world.Pending(TestStreams.Pings.Key, TestStreams.Pings.Consumers[0].Group) == 0);
    }

    private static ValueTask Count(ConcurrentDictionary<string, long> done, string worker)
    {
        done.AddOrUpdate(worker, 1, (_, count) => count + 1);
        return ValueTask.CompletedTask;
    }

    private List<string> Consumers() => _world.Ask(c =>
    {
        var reply = c.Call("XINFO", "CONSUMERS", TestStreams.Pings.Key, TestStreams.Pings.Consumers[0].Group);
        var names = new List<string>();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            var values = reply.ReadArray();
            reply.Skip();
            names.Add(reply.ReadString());
            for (var i = 2; i < values; i++) reply.Skip();
        }

        return names;
    });

    private JobRunner Start(string worker, Func<Ping, CancellationToken, ValueTask> job)
    {
        var runner = new JobRunner(_world.Log, new PingJobs(job), RedisWorld.Settings, worker, s_silent);
        runner.Start();
        return runner;
    }

    private sealed class PingJobs : Gateway
    {
        public PingJobs(Func<Ping, CancellationToken, ValueTask> job) =>
            On(TestStreams.Pings, async (ping, _, outbox, cancel) =>
        {
            await job(ping, cancel);
            outbox.Publish(TestStreams.Pongs, new Pong { Symbol = ping.Symbol, Number = ping.Number, Applied = 1 });
        });

        public override string Name => TestStreams.Counter;
    }
}
