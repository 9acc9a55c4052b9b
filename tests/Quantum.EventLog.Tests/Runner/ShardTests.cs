using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Runner;

/// <summary>Three shards: keyed, broadcast and gather links, and two replicas that share the seats.</summary>
public sealed class ShardTests : IDisposable
{
    private const int Shards = 3;
    private const int Symbols = 9;
    private readonly RedisWorld _world = new(shards: Shards);
    private readonly List<SeatRunner> _runners = [];

    public void Dispose()
    {
        foreach (var runner in _runners) runner.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Keyed_broadcast_and_gather_links_apply_everything_once()
    {
        for (var shard = 0; shard < Shards; shard++)
            Start(
                new RoleRunner(_world.Log, new CounterRole(withNotices: true), Seat(shard), RedisWorld.Settings, "a"));
        var gatherer = new RoleSeat(TestStreams.Gatherer, LogKeys.GlobalShard);
        Start(new RoleRunner(_world.Log, new GathererRole(), gatherer, RedisWorld.Settings, "a"));
        for (var number = 1; number <= 20; number++)
            for (var symbol = 0; symbol < Symbols; symbol++) TestStreams.Send(_world.Log, symbol, number);

        // Each ping is answered in its shard, each answer gathered once and told to all shards.
        Eventually.True(() => _world.TallyOf(gatherer, "all")?.Applied == 20 * Symbols);
        for (var shard = 0; shard < Shards; shard++)
        {
            var seat = Seat(shard);
            Eventually.True(() => _world.TallyOf(seat, "notices")?.Applied == 20 * Symbols);
            Assert.Equal(0, _world.TallyOf(seat, "notices")!.Wrong);
        }

        Eventually.True(() => _world.Log.IsQuiet([.. _runners.SelectMany(runner => runner.Links)], out _));
        Assert.True(
            Enumerable.Range(0, Shards).All(shard => _world.Length(_world.Keys.Stream(TestStreams.Pongs, shard)) > 0));
        Assert.Equal("quantum:stream:test.pong:{q02}", _world.Keys.Stream(TestStreams.Pongs, 2));
    }

    [Fact]
    public void Links_that_cross_slots_lose_and_repeat_nothing_over_restarts_of_their_reader()
    {
        for (var shard = 0; shard < Shards; shard++)
            Start(new RoleRunner(_world.Log, new CounterRole(), Seat(shard), RedisWorld.Settings, "a"));
        var gatherer = new RoleSeat(TestStreams.Gatherer, LogKeys.GlobalShard);
        for (var life = 1; life <= 4; life++)
        {
            for (var symbol = 0; symbol < Symbols; symbol++) TestStreams.Send(_world.Log, symbol, life);
            using var runner =
                new RoleRunner(_world.Log, new GathererRole(), gatherer, RedisWorld.Settings, $"life{life}");
            runner.Start();
            Eventually.True(() => _world.TallyOf(gatherer, "all")?.Applied >= life * Symbols);
        }

        Assert.Equal(4 * Symbols, _world.TallyOf(gatherer, "all")!.Applied);
        Assert.Equal(4 * Symbols, _world.Length(_world.Keys.Stream(TestStreams.Notices, LogKeys.GlobalShard)));
    }

    [Fact]
    public void Two_replicas_share_the_seats_and_one_takes_all_when_the_other_leaves()
    {
        var first = new SeatPlacement("one");
        var second = new SeatPlacement("two");
        string[] both =
            [SeatPlacement.MemberOf(TestStreams.Counter, "one"), SeatPlacement.MemberOf(TestStreams.Counter, "two")];
        first.Update(both);
        second.Update(both);
        var seats = Enumerable.Range(0, 64).Select(Seat).ToArray();
        Assert.All(seats, seat => Assert.True(first.Wants(seat) ^ second.Wants(seat)));
        Assert.InRange(seats.Count(first.Wants), 16, 48);

        for (var shard = 0; shard < Shards; shard++)
        {
            Start(new RoleRunner(_world.Log, new CounterRole(), Seat(shard), RedisWorld.Settings, "one", first.Wants));
            Start(new RoleRunner(_world.Log, new CounterRole(), Seat(shard), RedisWorld.Settings, "two", second.Wants));
        }

        Eventually.True(
            () => Enumerable.Range(0, Shards).All(shard => Owner(shard) == (first.Wants(Seat(shard)) ? "one" : "two")));
        // Runners were added in pairs: the second of each is the leaving replica's.
        foreach (var leaving in _runners.Where((_, i) => i % 2 == 1)) Assert.True(leaving.Stop());
        first.Update([both[0], "another_role/two"]);
        Eventually.True(() => Enumerable.Range(0, Shards).All(shard => Owner(shard) == "one"));
        for (var symbol = 0; symbol < Symbols; symbol++) TestStreams.Send(_world.Log, symbol, 1);
        Eventually.True(() =>
            Enumerable.Range(0, Shards).Sum(s => _world.Length(_world.Keys.Stream(TestStreams.Pongs, s))) == Symbols);
    }

    [Fact]
    public void A_role_may_not_publish_a_symbol_of_another_shard()
    {
        var wrong =
            Enumerable.Range(0, Symbols).First(symbol => _world.Keys.ShardOf(TestStreams.SymbolOf(symbol).Name) != 0);
        var ping = new Ping { Symbol = TestStreams.SymbolOf(wrong), Number = 1 };
        var settings = RedisWorld.Settings;
        Start(new RoleRunner(_world.Log, new CounterRole(), Seat(0), settings, "a"));
        _world.Log.Append(
            _world.Keys.Stream(TestStreams.Pings, 0), TestStreams.Encode(TestStreams.Pings, in ping, "stray"));
        var dead = _world.Keys.DeadLetters(TestStreams.Pings, 0);
        Eventually.True(() => _world.Length(dead) == 1);
        Assert.Contains("belongs to shard", _world.Entries(dead)[0]["dlq_text"]);
    }

    [Fact]
    public void No_role_of_the_catalog_publishes_into_another_slot()
    {
        foreach (var stream in StreamCatalog.All)
            foreach (var role in stream.Producers)
                Assert.Equal(stream.Shard == ShardKey.Symbol, LogKeys.IsPerShard(role));
    }

    private static RoleSeat Seat(int shard) => new(TestStreams.Counter, shard);

    private string? Owner(int shard) => _world.HashField(_world.Keys.Lease(Seat(shard)), "owner");

    private void Start(SeatRunner runner)
    {
        _runners.Add(runner);
        runner.Start();
    }

    /// <summary>Counts all answers and tells each to everybody.</summary>
    private sealed class GathererRole : Role
    {
        public GathererRole()
        {
            var all = State.Cell("all", () => new Tally());
            On(TestStreams.Pongs, (in Pong pong, in Input input, Outbox outbox) =>
            {
                outbox.Publish(TestStreams.Notices, new Notice { Number = ++all.Touch().Applied });
            });
        }

        public override string Name => TestStreams.Gatherer;
    }
}
