using System.Collections.Concurrent;
using Quantum.Contracts.Flow;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Runner;

public sealed class GatewayRunnerTests : IDisposable
{
    private static readonly RoleSeat s_seat = new(TestStreams.Counter, 0);
    private readonly RedisWorld _world = new();
    private readonly ConcurrentQueue<(string Symbol, long Number)> _asked = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Calls_of_different_symbols_run_side_by_side_and_of_one_symbol_in_order()
    {
        using var bothRun = new CountdownEvent(2);
        using var runner = Run(async (ping, _, outbox, cancel) =>
        {
            await Task.Yield();
            if (ping.Number == 1 && !bothRun.IsSet)
            {
                bothRun.Signal();
                Assert.True(bothRun.Wait(Eventually.Deadline, cancel));
            }

            Answer(ping, outbox);
        });
        for (var number = 1; number <= 10; number++)
            for (var symbol = 0; symbol < 2; symbol++) TestStreams.Send(_world.Log, symbol, number);
        runner.Start();
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 20);
        foreach (var symbol in _asked.GroupBy(call => call.Symbol))
            Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), symbol.Select(call => call.Number));
        Assert.Equal("p0-1.test_counter.1", _world.Entries(TestStreams.Pongs.Key)[0]["event_id"]);
    }

    [Fact]
    public void A_call_that_fails_is_made_again_before_anything_behind_it()
    {
        var failures = 2;
        using var runner = Run((ping, input, outbox, _) =>
        {
            if (ping.Number == 2 && Interlocked.Decrement(ref failures) >= 0) throw new IOException(
                "the venue is away");
            if (ping.Number == 2) Assert.True(input.Deliveries > 1);
            Answer(ping, outbox);
            return ValueTask.CompletedTask;
        });
        for (var number = 1; number <= 4; number++) TestStreams.Send(_world.Log, 0, number);
        runner.Start();
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 4);
        Assert.Equal(["1", "2", "3", "4"], _world.Entries(TestStreams.Pongs.Key).Select(pong => pong["number"]));
        Assert.Equal(0, _world.Length(TestStreams.Pings.DeadLetterKey));
    }

    [Fact]
    public void A_call_that_always_fails_becomes_a_dead_letter()
    {
        using var runner = Run((ping, _, outbox, _) =>
        {
            if (ping.Number == 1) throw new IOException("the venue refuses");
            Answer(ping, outbox);
            return ValueTask.CompletedTask;
        });
        TestStreams.Send(_world.Log, 0, 1);
        TestStreams.Send(_world.Log, 0, 2);
        runner.Start();
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 1);
        Assert.Contains(
            "the venue refuses", Assert.Single(_world.Entries(TestStreams.Pings.DeadLetterKey))["dlq_text"]);
    }

    [Fact]
    public void The_lease_is_kept_through_a_call_longer_than_it()
    {
        var lease = TimeSpan.FromSeconds(3);
        using var release = new ManualResetEventSlim();
        using var runner = Run(
            async (ping, _, outbox, cancel) =>
            {
                await Task.Run(() => release.Wait(cancel), cancel);
                Answer(ping, outbox);
            },
            RedisWorld.Settings with { LeaseTtl = lease });
        TestStreams.Send(_world.Log, 0, 1);
        runner.Start();
        Eventually.True(() => _world.Pending(TestStreams.Pings.Key, runner.Links[0].Group) == 1);
        using var rival = _world.Log.OpenSession(s_seat);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        // Whoever asks without a pause takes the time in which it is renewed.
        Eventually.True(
            () =>
            {
                Assert.False(
                    rival.Acquire("rival", TimeSpan.FromSeconds(1)).IsGranted, "the lease ran out during the call");
                return clock.Elapsed > 2 * lease;
            },
            every: TimeSpan.FromMilliseconds(100));
        release.Set();
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 1);
    }

    [Fact]
    public void Draining_gives_up_a_call_that_does_not_end_and_leaves_its_event_pending()
    {
        using var entered = new ManualResetEventSlim();
        using var runner = Run(
            async (_, _, _, cancel) =>
            {
                entered.Set();
                await new TaskCompletionSource().Task.WaitAsync(cancel);
            },
            RedisWorld.Settings with { DrainTimeout = TimeSpan.FromSeconds(1) });
        TestStreams.Send(_world.Log, 0, 1);
        runner.Start();
        Assert.True(entered.Wait(Eventually.Deadline));
        runner.Stop();
        Assert.Equal(1, _world.Pending(TestStreams.Pings.Key, runner.Links[0].Group));
        Eventually.True(() => _world.HashField(_world.Keys.Lease(s_seat), "until") == "0");
    }

    private void Answer(Ping ping, Outbox outbox)
    {
        _asked.Enqueue((ping.Symbol.Name, ping.Number));
        outbox.Publish(TestStreams.Pongs, new Pong { Symbol = ping.Symbol, Number = ping.Number, Applied = 1 });
    }

    private GatewayRunner Run(GatewayHandling<Ping> handling, RunnerSettings? settings = null) =>
        new(_world.Log, new PingGateway(handling), s_seat, settings ?? RedisWorld.Settings, "a");

    private sealed class PingGateway : Gateway
    {
        public PingGateway(GatewayHandling<Ping> handling) => On(TestStreams.Pings, handling);

        public override string Name => TestStreams.Counter;
    }
}
