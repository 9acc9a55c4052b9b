using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.EventLog;
using Quantum.Hosting;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>The status page and its JSON, asked of the console's process over a Redis made for the test.</summary>
[Collection(nameof(ConsoleTests))]
public sealed class ConsoleTests : IDisposable
{
    private const string Evil = "<script>alert('x')</script>&\"";

    private readonly RedisServer _redis = RedisServer.Start();
    private readonly RedisEntries _entries;

    public ConsoleTests() => _entries = new RedisEntries(_redis);

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task An_empty_redis_says_that_nothing_runs_and_why_nothing_trades()
    {
        using var console = await StartAsync();
        var page = await PageAsync(console);
        Assert.Contains("is not whole", page);
        Assert.Contains("No policy was published yet", page);
        Assert.Contains("Nobody runs executor: the service executor is down", page);
        Assert.Contains("Nothing has come on market.klines yet.", page);
        Assert.Contains("content=\"2\"", page);
        var status = await StatusAsync(console);
        Assert.Equal(StreamCatalog.All.Count, status.GetProperty("streams").GetArrayLength());
        Assert.All(status.GetProperty("seats").EnumerateArray(), seat =>
        {
            Assert.False(seat.GetProperty("held").GetBoolean());
            Assert.Equal(JsonValueKind.Null, seat.GetProperty("leftMs").ValueKind);
        });
        Assert.DoesNotContain(status.GetProperty("seats").EnumerateArray(),
            seat => seat.GetProperty("seat").GetString() == RoleNames.Venue);
    }

    [Fact]
    public async Task A_running_system_shows_who_runs_what_is_held_the_policy_and_the_trades()
    {
        HoldEverySeat();
        Fill();
        using var console = await StartAsync("GOVERNANCE_HTTP=http://127.0.0.1:5999/");
        var page = await PageAsync(console);
        foreach (var words in (string[])["is alive", "host.42.executor", "10250.5", "NEARUSDT", "-147.25",
            "take_profit_3", "12.34", "kill switch", "ON", "drawdown: too deep, by anna", "The kill switch is on",
            "signal_dropped/cooldown/", "./quantum kill off", "http://127.0.0.1:5999/control/release", "paper"])
            Assert.Contains(words, page);

        var status = await StatusAsync(console);
        Assert.Equal("drawdown", Field(status.GetProperty("policy"), "reason_code"));
        Assert.Equal("second", Field(status.GetProperty("trades")[0], "trade_id"));
        var count = status.GetProperty("counts")[0];
        Assert.Equal(("trading_bot", "signal_dropped/cooldown/", 7),
            (count.GetProperty("seat").GetString(), count.GetProperty("what").GetString(),
                count.GetProperty("times").GetInt64()));
        var reason = status.GetProperty("reasons")[0];
        Assert.Equal((1_700_000_000_000, "cooldown"),
            (reason.GetProperty("atMs").GetInt64(), reason.GetProperty("reason").GetString()));
        var intents = Stream(status, "trade.intent");
        Assert.Equal(3, intents.GetProperty("entriesAdded").GetInt64());
        Assert.Equal(3, intents.GetProperty("length").GetInt64());
        var executor = intents.GetProperty("groups")[0];
        Assert.Equal(("executor", true, 1),
            (executor.GetProperty("role").GetString(), executor.GetProperty("exists").GetBoolean(),
                executor.GetProperty("pending").GetInt64()));
        Assert.Equal(2, Stream(status, "trade.closed").GetProperty("deadLetters").GetInt64());
    }

    [Fact]
    public async Task A_lease_that_ran_out_counts_as_gone_by_the_clock_of_redis()
    {
        HoldEverySeat();
        _entries.Call("HSET", "quantum:lease:executor", "until", "1000");
        using var console = await StartAsync();
        Assert.Contains("Nobody runs executor: the service executor is down", await PageAsync(console));
        var status = await StatusAsync(console);
        Assert.Equal("executor", Assert.Single(status.GetProperty("seats").EnumerateArray(),
            seat => !seat.GetProperty("held").GetBoolean()).GetProperty("seat").GetString());
    }

    [Fact]
    public async Task A_reader_without_a_group_or_far_behind_is_named()
    {
        var nowMs = NowMs();
        Add("market.klines", Id(nowMs - 60_000), "symbol", "BTCUSDT");
        Add("market.klines", Id(nowMs), "symbol", "BTCUSDT");
        _entries.Call("XGROUP", "CREATE", "quantum:stream:market.klines", StreamCatalog.GroupOf("ai_engine",
            "market.klines"), Id(nowMs - 60_000));
        using var console = await StartAsync();
        var page = await PageAsync(console);
        Assert.Contains("market.klines: ai_engine is 60 s behind.", page);
        Assert.Contains("market.klines: meta_regime does not read it.", page);
    }

    [Fact]
    public async Task A_tape_shows_its_time_and_its_end()
    {
        _entries.Call("SET", FeedKeys.Position, "1700000000000");
        using var console = await StartAsync("Quantum:Tape=true");
        Assert.Contains("a recording, now at 2023-11-14 22:13:20", await PageAsync(console));
        _entries.Call("SET", FeedKeys.Done, "hash");
        Assert.Contains("The recording is over.", await PageAsync(console));
    }

    [Fact]
    public async Task Whatever_stands_in_redis_becomes_no_markup()
    {
        _entries.Call("HSET", "quantum:lease:executor", "owner", Evil, "until", "99999999999999");
        _entries.Call("HSET", "quantum:counts:trading_bot", Evil, "1");
        _entries.Call("HSET", "quantum:reasons:trading_bot", Evil, "12 " + Evil);
        Add("policy.updated", "*", "risk_mode", Evil, "kill_switch", Evil, "reason", Evil, "reason_code", Evil,
            "updated_by", Evil, "policy_version", Evil, "max_leverage", Evil);
        Add("portfolio.snapshot_updated", "*", "total_equity_usd", Evil);
        Add("portfolio.exposure_updated", "*", "exposure_by_symbol", Evil);
        Add("trade.closed", "*", "symbol", Evil, "closed_at_ms", Evil, "pnl_usd", Evil, "reason", Evil);
        using var console = await StartAsync();
        var page = await PageAsync(console);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("alert('x')", page);
        Assert.True(page.Split("&lt;script&gt;").Length > 12, page);
    }

    [Fact]
    public async Task A_redis_that_goes_away_is_said_with_503_and_comes_back_by_itself()
    {
        using var console = await StartAsync();
        await PageAsync(console);
        _redis.Kill();
        using (var away = await console.Http.GetAsync(new Uri("/", UriKind.Relative)))
        {
            var page = await away.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.Contains("Redis is away", page);
            Assert.DoesNotContain("   at ", page);
        }

        using (var away = await console.Http.GetAsync(new Uri("/api/status", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.Contains("Redis does not answer", await away.Content.ReadAsStringAsync());
        }

        _redis.StartAgain();
        await Eventually.TrueAsync(async () =>
        {
            using var back = await console.Http.GetAsync(new Uri("/", UriKind.Relative));
            return back.IsSuccessStatusCode;
        });
    }

    private void HoldEverySeat()
    {
        foreach (var role in ServiceHosts.All.SelectMany(service => service.Roles))
            _entries.Call("HSET", "quantum:lease:" + role, "owner", "host.42." + role, "until", "99999999999999");
    }

    private void Fill()
    {
        Add("policy.updated", "*", "kill_switch", "false", "reason_code", "start", "risk_mode", "normal");
        Add("policy.updated", "*", "kill_switch", "true", "reason_code", "drawdown", "reason", "too deep",
            "updated_by", "anna", "risk_mode", "defensive", "policy_version", "9");
        Add("portfolio.snapshot_updated", "*", "total_equity_usd", "10250.5", "num_positions", "1");
        Add("portfolio.exposure_updated", "*", "exposure_by_symbol",
            """[{"symbol":"NEARUSDT","notional_usd":-147.25,"quantity":-100,"entry_price":1.48}]""");
        foreach (var id in (string[])["first", "second"])
            Add("trade.closed", "*", "trade_id", id, "symbol", "NEARUSDT", "pnl_usd", "12.34",
                "reason", "take_profit_3", "closed_at_ms", "1700000000000");
        for (var i = 0; i < 2; i++) _entries.Call("XADD", "quantum:dlq:trade.closed", "*", "reason", "bad");
        for (var i = 0; i < 3; i++) Add("trade.intent", "*", "symbol", "NEARUSDT");
        var group = StreamCatalog.GroupOf("executor", "trade.intent");
        _entries.Call("XGROUP", "CREATE", "quantum:stream:trade.intent", group, "0");
        _entries.Call(
            "XREADGROUP", "GROUP", group, "seat", "COUNT", "1", "STREAMS", "quantum:stream:trade.intent", ">");
        _entries.Call("HSET", "quantum:counts:trading_bot", "signal_dropped/cooldown/", "7");
        _entries.Call("HSET", "quantum:reasons:trading_bot", "signal_dropped/", "1700000000000 cooldown");
    }

    private void Add(string stream, string id, params string[] fields) =>
        _entries.Call(["XADD", EventStream.KeyPrefix + stream, id, .. fields]);

    private static string Id(long ms) => ms.ToString(CultureInfo.InvariantCulture) + "-0";

    private static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static string? Field(JsonElement entry, string name) =>
        entry.GetProperty("fields").GetProperty(name).GetString();

    private static JsonElement Stream(JsonElement status, string name) => status.GetProperty("streams")
        .EnumerateArray().Single(stream => stream.GetProperty("name").GetString() == name);

    private Task<ServiceProcess> StartAsync(params string[] settings) => ServiceProcess.StartAsync(
        "Quantum.Console", [$"ConnectionStrings:redis={_redis.ConnectionString}", .. settings]);

    private static async Task<string> PageAsync(ServiceProcess console)
    {
        using var answer = await console.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<JsonElement> StatusAsync(ServiceProcess console) =>
        await console.Http.GetFromJsonAsync<JsonElement>(new Uri("/api/status", UriKind.Relative));
}
