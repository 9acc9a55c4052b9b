using Quantum.Contracts.Units;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Runner;

public sealed class RoleRunnerTests : IDisposable
{
    private static readonly RoleSeat s_seat = new(TestStreams.Counter, 0);
    private readonly RedisWorld _world = new();

    public void Dispose() => _world.Dispose();

    private RoleRunner Run(
        CounterRole role, RunnerSettings? settings = null, string owner = "a", Func<RoleSeat, bool>? wants = null)
    {
        var runner = new RoleRunner(_world.Log, role, s_seat, settings ?? RedisWorld.Settings, owner, wants);
        runner.Start();
        return runner;
    }

    [Fact]
    public void Each_event_is_applied_once_and_answered_once_with_ids_that_derive_from_it()
    {
        using var runner = Run(new CounterRole());
        for (var i = 1; i <= 250; i++) TestStreams.Send(_world.Log, i % 3, (i + 2) / 3);
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 250);
        Assert.True(runner.Stop());

        var pongs = _world.Entries(TestStreams.Pongs.Key);
        Assert.Equal(250, pongs.Select(p => p["event_id"]).Distinct().Count());
        Assert.Equal("p1-1.test_counter.1", pongs[0]["event_id"]);
        Assert.Equal("p1-1", pongs[0]["causation_id"]);
        Assert.Equal("p1-1", pongs[0]["correlation_id"]);
        Assert.Equal("test_counter", pongs[0]["source"]);
        Assert.Equal("1766000000000", pongs[0]["ts"]);
        Assert.StartsWith("00-0af7651916cd43dd", pongs[0]["traceparent"]);
        Assert.Equal(0, _world.Pending(TestStreams.Pings.Key, runner.Links[0].Group));
        Assert.Equal(0, _world.TallyOf(s_seat, "symbol/SYMAUSDT")!.Wrong);
        Assert.Equal(83, _world.TallyOf(s_seat, "symbol/SYMAUSDT")!.Applied);
        Assert.Equal("0", _world.HashField(_world.Keys.Lease(s_seat), "until"));
    }

    [Fact]
    public void A_poison_entry_goes_to_the_dead_letters_and_the_others_are_applied()
    {
        var told = new System.Collections.Concurrent.ConcurrentQueue<(string Text, Exception Cause)>();
        using var runner = Run(
            new CounterRole(n =>
            {
                if (n == 5) throw new InvalidOperationException("five is right out");
            }),
            RedisWorld.Settings with { OnFailure = (text, cause) => told.Enqueue((text, cause)) });
        for (var i = 1; i <= 10; i++) TestStreams.Send(_world.Log, 0, i);
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 9);
        var dead = Assert.Single(_world.Entries(TestStreams.Pings.DeadLetterKey));
        Assert.Equal("poison", dead["dlq_reason"]);
        Assert.Contains("five is right out", dead["dlq_text"]);
        Assert.Equal("p0-5", dead["event_id"]);
        // Where it happened is told once, and no dead letter grows by it.
        var (text, cause) = Assert.Single(told);
        Assert.Contains(TestStreams.Pings.Key, text, StringComparison.Ordinal);
        Assert.Contains(nameof(RoleRunnerTests), cause.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", dead["dlq_text"], StringComparison.Ordinal);
        Assert.Equal(9, _world.TallyOf(s_seat, "symbol/SYMAUSDT")!.Applied);
        Assert.Equal(0, _world.Pending(TestStreams.Pings.Key, runner.Links[0].Group));
    }

    [Fact]
    public void Events_of_another_mode_schema_or_shape_are_dead_letters_with_their_reason()
    {
        using var runner = Run(new CounterRole());
        var ping = new Ping { Symbol = TestStreams.SymbolOf(0), Number = 1 };
        _world.Log.Append(
            TestStreams.Pings.Key, TestStreams.Encode(TestStreams.Pings, in ping, "live", mode: TradingMode.Live));
        var foreign = new Contracts.Wire.FieldBuffer();
        foreign.Add("hello"u8, "world"u8);
        _world.Log.Append(TestStreams.Pings.Key, foreign);
        var newer = new Contracts.Wire.FieldBuffer();
        var fields = TestStreams.Encode(TestStreams.Pings, in ping, "newer").Fields;
        for (var i = 0; i < fields.Count; i++) newer.Add(
            fields.Name(i), fields.Name(i).SequenceEqual("v"u8) ? "9"u8 : fields.Value(i));
        _world.Log.Append(TestStreams.Pings.Key, newer);
        TestStreams.Send(_world.Log, 0, 1);

        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 1);
        var reasons = _world.Entries(TestStreams.Pings.DeadLetterKey).Select(d => d["dlq_reason"]);
        Assert.Equal(["mixed_mode", "missing_field", "unknown_schema"], reasons);
    }

    [Fact]
    public void Tape_time_feeds_the_clock_once_per_step_that_has_input()
    {
        var role = new CounterRole(withClock: true);
        using var runner = Run(role, RedisWorld.Settings with { IsTape = true });
        const long start = 1_766_000_000_000;
        long[] offsets = [0, 400, 1000, 1500, 9100, 9200, 10_000];
        for (var i = 0; i < offsets.Length; i++) TestStreams.Send(_world.Log, 0, i + 1, start + offsets[i]);
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == offsets.Length);
        Assert.True(runner.Stop());
        Assert.Equal([start + 1000, start + 9000, start + 10_000], role.Clocks);
        Assert.Equal((start + 10_000).ToString(), _world.HashField(_world.Keys.Cursor(s_seat), "clock"));
        Assert.Equal("3", _world.HashField(_world.Keys.Counts(s_seat), "clock/fed/all"));
    }

    [Fact]
    public void Real_time_feeds_the_clock_each_second_without_input()
    {
        var role = new CounterRole(withClock: true);
        using var runner = Run(role);
        Eventually.True(() => runner.Commits >= 3);
        Assert.True(runner.Stop());
        Assert.All(role.Clocks, at => Assert.Equal(0, at % 1000));
        Assert.Equal(role.Clocks.Distinct().Count(), role.Clocks.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_machines_clock_that_is_set_back_does_not_stop_the_roles_clock_also_over_a_restart(bool isRestarted)
    {
        var time = new ShiftedTime { Shift = TimeSpan.FromHours(1) };
        var settings = RedisWorld.Settings with { Time = time };
        using (var ahead = Run(new CounterRole(withClock: true), settings))
        {
            Eventually.True(() => Fed() >= 1);
            if (isRestarted) Assert.True(ahead.Stop());
            time.Shift = TimeSpan.Zero;
            if (!isRestarted) Struck();
        }

        if (!isRestarted) return;
        using var again = Run(new CounterRole(withClock: true), settings);
        Struck();

        void Struck()
        {
            var before = Fed();
            Eventually.True(() => Fed() >= before + 2);
            var read = long.Parse(_world.HashField(_world.Keys.Cursor(s_seat), "clock")!);
            Assert.InRange(read, 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }

        long Fed() => long.Parse(_world.HashField(_world.Keys.Counts(s_seat), "clock/fed/all") ?? "0");
    }

    [Fact]
    public void Tail_entries_are_conflated_only_when_behind_and_the_group_follows()
    {
        for (var i = 1; i <= 500; i++) SendTick(i % 2, i);
        using var runner = Run(new CounterRole(withTicks: true), RedisWorld.Settings with { TailBatchSize = 400 });
        // 400 in a full batch leave one per symbol; the 100 behind it are not behind any more.
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 102);
        var tickLink = runner.Links.Single(link => link.Kind == LinkKind.Cursor);
        Eventually.True(() => _world.Log.IsQuiet([tickLink], out _));
    }

    [Fact]
    public void Tape_mode_conflates_nothing()
    {
        for (var i = 1; i <= 500; i++) SendTick(i % 2, i);
        using var runner =
            Run(new CounterRole(withTicks: true), RedisWorld.Settings with { TailBatchSize = 100, IsTape = true });
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 500);
        Eventually.True(() => _world.Log.IsQuiet(runner.Links, out _));
    }

    [Fact]
    public void Entries_pending_for_another_consumer_of_the_group_are_taken_over()
    {
        TestStreams.Send(_world.Log, 0, 1);
        TestStreams.Send(_world.Log, 0, 2);
        var group = TestStreams.Pings.Consumers[0].Group;
        _world.Ask(c => c.Call("XGROUP", "CREATE", TestStreams.Pings.Key, group, "0").ReadString());
        _world.Ask(c => c.Call("XREADGROUP", "GROUP", group, "stale-uuid", "COUNT", "1", "STREAMS",
            TestStreams.Pings.Key, ">").ReadArray());
        using var runner = Run(new CounterRole());
        Eventually.True(() => _world.Length(TestStreams.Pongs.Key) == 2);
        Assert.Equal(0, _world.TallyOf(s_seat, "symbol/SYMAUSDT")!.Wrong);
    }

    [Fact]
    public void Draining_finishes_the_running_batch_and_frees_the_seat()
    {
        using var entered = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var runner = Run(new CounterRole(_ =>
        {
            entered.Set();
            goOn.Wait();
        }));
        TestStreams.Send(_world.Log, 0, 1);
        Assert.True(entered.Wait(Eventually.Deadline));
        var drained = false;
        var stop = new Thread(() => drained = runner.Stop());
        stop.Start();
        goOn.Set();
        Assert.True(stop.Join(Eventually.Deadline));
        Assert.True(drained);
        Assert.Equal(1, _world.Length(TestStreams.Pongs.Key));
        Assert.Equal("0", _world.HashField(_world.Keys.Lease(s_seat), "until"));
    }

    private void SendTick(int symbol, long number)
    {
        var tick = new Ping { Symbol = TestStreams.SymbolOf(symbol), Number = number };
        _world.Log.Append(TestStreams.Ticks.Key, TestStreams.Encode(TestStreams.Ticks, in tick, "t"));
    }
}
