using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Quantum.Exchanges.Budget;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Budget;

public sealed class RedisRateBudgetTests(RedisRateBudgetTests.Server server)
    : RateBudgetConformance, IClassFixture<RedisRateBudgetTests.Server>
{
    private static readonly BudgetLimits s_small =
        AtOnce with { WeightMinute = 100, OrdersTenSeconds = 100, OrdersMinute = 100 };

    private static readonly RequestCost s_one = new(1, 1);

    private static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    [Fact]
    public async Task Processes_of_one_account_share_it_and_other_accounts_do_not()
    {
        var account = Guid.NewGuid().ToString();
        using var one = Budget(server.Redis, account, s_small);
        using var two = Budget(server.Redis, account, s_small);
        using var other = Budget(server.Redis, account + "x", s_small);
        Assert.Equal(50, await CountAtOnce(one, RequestUrgency.Entry, s_one, most: 50));
        Assert.Equal(30, await CountAtOnce(two, RequestUrgency.Entry, s_one));
        Assert.Equal(20, await CountAtOnce(one, RequestUrgency.Exit, s_one));
        Assert.Equal(80, await CountAtOnce(other, RequestUrgency.Entry, s_one));
        two.Refused(TimeSpan.FromSeconds(30), isBan: false);
        await two.TakeAsync(RequestUrgency.Exit, s_one, NowMs + 100, CancellationToken.None);
        Assert.False(await one.TakeAsync(
            RequestUrgency.Exit, new RequestCost(0, 0), NowMs + 1_000, CancellationToken.None));
    }

    [Fact]
    public void The_key_names_venue_and_a_hash_of_the_account_within_braces()
    {
        var key = RedisRateBudget.KeyOf("binance", "my-api-key");
        Assert.Matches("^quantum:budget:\\{binance-[0-9a-f]{16}\\}$", key);
        Assert.NotEqual(key, RedisRateBudget.KeyOf("binance", "my-api-kez"));
    }

    [Fact]
    public async Task What_is_kept_goes_by_itself_when_nobody_uses_it()
    {
        var account = Guid.NewGuid().ToString();
        var limits = s_small with { MinuteMs = 480 };
        using var budget = Budget(server.Redis, account, limits);
        Assert.True(await budget.TakeAsync(RequestUrgency.Exit, s_one, NowMs + 20_000, CancellationToken.None));
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.Redis.ConnectionString));
        var key = RedisRateBudget.KeyOf("binance", account);
        Eventually.True(() => connection.Call("EXISTS", key).ReadInteger() == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_Redis_exits_go_on_within_a_share_and_the_rest_waits(bool isFrozen)
    {
        using var redis = RedisServer.Start();
        var account = Guid.NewGuid().ToString();
        using var budget = Budget(redis, account, s_small);
        Assert.Equal(10, await CountAtOnce(budget, RequestUrgency.Entry, s_one, most: 10));
        if (isFrozen) redis.Freeze();
        else redis.Kill();
        var entry = budget.TakeAsync(RequestUrgency.Entry, s_one, NowMs + 120_000, CancellationToken.None).AsTask();
        for (var i = 0; i < 5; i++)
        {
            var clock = Stopwatch.StartNew();
            Assert.True(await budget.TakeAsync(
                RequestUrgency.Exit, s_one, NowMs + 20_000, CancellationToken.None));
            // As long as Redis is waited for elsewhere is too long for an exit.
            Assert.InRange(clock.ElapsedMilliseconds, 0, 4_000);
        }

        // A twentieth of 100, and no more of it.
        Assert.Equal(0, await CountAtOnce(budget, RequestUrgency.Exit, s_one));
        Assert.False(await budget.TakeAsync(RequestUrgency.Query, s_one, NowMs + 300, CancellationToken.None));
        Assert.False(entry.IsCompleted);
        if (isFrozen) redis.Resume();
        else redis.StartAgain();
        Assert.True(await entry);
        // What was sent alone is counted now: of a frozen Redis with the ten before, of one without its memory not.
        using var other = Budget(redis, account, s_small);
        var used = 100 - await CountAtOnce(other, RequestUrgency.Exit, s_one);
        Assert.InRange(used, isFrozen ? 16 : 6, isFrozen ? 18 : 6);
    }

    [Fact]
    public async Task What_the_venue_refused_holds_without_Redis_and_is_told_to_it_afterwards()
    {
        using var redis = RedisServer.Start();
        var account = Guid.NewGuid().ToString();
        using var budget = Budget(redis, account, s_small with { EntriesStoppedAfterBan = TimeSpan.FromMinutes(5) });
        Assert.True(await budget.TakeAsync(RequestUrgency.Exit, s_one, NowMs + 20_000, CancellationToken.None));
        redis.Kill();
        budget.Refused(TimeSpan.FromSeconds(5), isBan: true);
        var clock = Stopwatch.StartNew();
        Assert.False(await budget.TakeAsync(RequestUrgency.Exit, s_one, NowMs + 200, CancellationToken.None));
        Assert.True(await budget.TakeAsync(RequestUrgency.Exit, s_one, NowMs + 20_000, CancellationToken.None));
        Assert.InRange(clock.ElapsedMilliseconds, 4_900, 20_000);
        redis.StartAgain();
        Assert.True(await budget.TakeAsync(RequestUrgency.Query, s_one, NowMs + 60_000, CancellationToken.None));
        using var other = Budget(redis, account, s_small);
        Assert.True(await other.TakeAsync(RequestUrgency.Exit, s_one, NowMs + 20_000, CancellationToken.None));
        Assert.False(await other.TakeAsync(RequestUrgency.Entry, s_one, NowMs + 2_000, CancellationToken.None));
    }

    [Fact]
    public async Task A_cluster_answers_from_the_node_that_has_the_key()
    {
        using var cluster = RedisCluster.Start(3);
        // Whichever node has it, two of three have not.
        foreach (var account in (string[])["a", "b", "c"])
        {
            foreach (var node in cluster.Nodes)
            {
                using var budget = Budget(node, account, s_small);
                Assert.Equal(10, await CountAtOnce(budget, RequestUrgency.Exit, s_one, most: 10));
            }

            using var last = Budget(cluster.Nodes[0], account, s_small);
            Assert.Equal(70, await CountAtOnce(last, RequestUrgency.Exit, s_one));
        }
    }

    /// <summary>The script against the arithmetic in C#, on one clock: the same answer to every question.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_script_counts_as_the_window_does(int seed)
    {
        var random = new Random(seed);
        var limits = new BudgetLimits
        {
            WeightMinute = 240, OrdersTenSeconds = 30, OrdersMinute = 100, BurstShare = seed == 3 ? 1 : 0.05,
            EntriesStoppedAfterBan = TimeSpan.FromSeconds(20),
        };
        var window = new BudgetWindow(limits);
        var script = new BudgetScript(limits, $"quantum:budget:{{test-{Guid.NewGuid():N}}}", text => text.Replace(
            "local t = redis.call('TIME')", "local t = {math.floor(ARGV[15] / 1000), (ARGV[15] % 1000) * 1000}",
            StringComparison.Ordinal));
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.Redis.ConnectionString));
        var (nowMs, counted) = (1_700_000_000_000L, 0);
        for (var i = 0; i < 6_000; i++)
        {
            nowMs += random.Next(10) == 0 ? random.Next(6_000) : random.Next(120);
            if (random.Next(60) == 0)
            {
                var use = new BudgetUse(Figure(300), Figure(40), Figure(130));
                window.Tell(nowMs, use);
                script.Call(connection, "tell", use.WeightMinute, use.OrdersTenSeconds, use.OrdersMinute, nowMs);
            }
            else if (random.Next(200) == 0)
            {
                var (after, isBan) = (random.Next(8_000), random.Next(2) == 0);
                window.Refuse(nowMs, after, isBan);
                script.Call(connection, "refuse", after, isBan ? 20_000 : -1, null, nowMs);
            }

            var urgency = (RequestUrgency)random.Next(3);
            var cost = new RequestCost(random.Next(12), urgency == RequestUrgency.Query ? 0 : random.Next(3));
            var expected = window.Take(nowMs, urgency, cost);
            var answer = script.Call(connection, "take", (long)urgency, cost.Weight, cost.Orders, nowMs);
            Assert.Equal((expected, window.Pauses(nowMs)), (answer.WaitMs, (answer.OverMs, answer.StopMs)));
            if (expected == 0) counted++;
        }

        Assert.InRange(counted, 500, 5_500);

        int? Figure(int most) => random.Next(2) == 0 ? null : random.Next(most);
    }

    private protected override TestBudget Open(BudgetLimits limits) =>
        new(Budget(server.Redis, Guid.NewGuid().ToString(), limits));

    private static RedisRateBudget Budget(RedisServer redis, string account, BudgetLimits limits) => new(
        RespEndpoint.Parse(redis.ConnectionString), "binance", account, limits, NullLogger<RedisRateBudget>.Instance);

    public sealed class Server : IDisposable
    {
        public RedisServer Redis { get; } = RedisServer.Start();

        public void Dispose() => Redis.Dispose();
    }
}
