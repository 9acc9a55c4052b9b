using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Tests;
using Quantum.EventLog;
using Quantum.Hosting;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>The operator's HTTP surface, asked of the whole governance service over a real Redis.</summary>
[Collection(nameof(ControlTests))]
public sealed class ControlTests : IDisposable
{
    private readonly RedisServer _redis = RedisServer.Start();
    private readonly RedisEntries _entries;

    public ControlTests() => _entries = new RedisEntries(_redis);

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Kill_is_an_entry_with_reason_and_name_and_the_policy_follows()
    {
        using var governance = await StartAsync();
        using var answer = await PostAsync(governance, "kill", new { reason = "exchange <down>", by = "anna" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var eventId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("eventId").GetString();
        var entry = Assert.Single(_entries.Of(StreamCatalog.GovernanceControl));
        Assert.Equal((eventId, "kill_on", "exchange <down>", "anna", "paper"),
            (entry["event_id"], entry["command"], entry["reason"], entry["by"], entry["mode"]));
        await WaitForAsync(governance, "kill_switch", "true");
        var policy = await PolicyAsync(governance);
        Assert.Equal("anna", policy["updated_by"]);
        Assert.Contains("exchange <down>", policy["reason"]);

        using var released = await PostAsync(governance, "release", new { reason = "it is back", by = "bob" });
        Assert.Equal(HttpStatusCode.Accepted, released.StatusCode);
        await WaitForAsync(governance, "kill_switch", "false");
        Assert.Equal("bob", (await PolicyAsync(governance))["updated_by"]);
    }

    [Fact]
    public async Task A_mode_is_set_by_its_name()
    {
        using var governance = await StartAsync();
        using var answer = await PostAsync(
            governance, "mode", new { reason = "news", by = "anna", mode = "defensive" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await WaitForAsync(governance, "risk_mode", "defensive");
    }

    [Fact]
    public async Task Flatten_is_recorded_and_a_policy_without_positions_follows()
    {
        using var governance = await StartAsync();
        using var answer = await PostAsync(governance, "flatten", new { reason = "weekend", by = "anna" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await WaitForAsync(governance, "reason_code", "flatten");
        var policy = await PolicyAsync(governance);
        Assert.Equal(("true", "anna", "weekend"), (policy["kill_switch"], policy["updated_by"], policy["reason"]));
        Assert.NotEmpty(policy["flatten_since_ms"]);
        using var released = await PostAsync(governance, "release", new { reason = "monday", by = "anna" });
        await WaitForAsync(governance, "flatten_since_ms", "");
    }

    [Theory]
    [InlineData("paper", HttpStatusCode.Accepted, "feed_pause feed_resume")]
    [InlineData("testnet", HttpStatusCode.Conflict, "")]
    [InlineData("live", HttpStatusCode.Conflict, "")]
    public async Task The_feed_is_paused_unless_it_is_a_venues(string mode, HttpStatusCode status, string words)
    {
        using var governance = await StartAsync($"Quantum:Mode={mode}");
        foreach (var word in (string[])["pause", "resume"])
        {
            using var answer = await PostAsync(governance, "feed/" + word, new { reason = "a look", by = "anna" });
            Assert.Equal(status, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync();
            if (status == HttpStatusCode.Conflict) Assert.Contains($"mode {mode}", text);
        }

        Assert.Equal(words, string.Join(' ', _entries.Of(StreamCatalog.GovernanceControl).Select(e => e["command"])));
    }

    [Fact]
    public async Task A_bad_request_is_400_says_why_and_changes_nothing()
    {
        using var governance = await StartAsync();
        foreach (var (path, body, word) in new (string, object, string)[]
        {
            ("kill", new { by = "anna" }, "'reason'"), ("kill", new { reason = "why" }, "'by'"),
            ("kill", new { reason = "  ", by = "anna" }, "'reason'"), ("release", new { }, "'reason'"),
            ("reset", new { reason = "" }, "'reason'"), ("mode", new { reason = "why", by = "anna" }, "'mode'"),
            ("mode", new { reason = "why", by = "anna", mode = "reckless" }, "'reckless'"),
            ("mode", new { reason = "why", by = "anna", mode = "77" }, "'77'"), ("flatten", new { }, "'reason'"),
            ("close", new { reason = "why", by = "anna" }, "'symbol'"),
            ("stop", new { reason = "why", by = "anna", symbol = "NEARUSDT" }, "stop_price is empty"),
            ("stop", new { reason = "why", by = "anna", symbol = "NEARUSDT", stopPrice = -1 }, "stop_price -1"),
            ("feed/pause", new { reason = "why" }, "'by'"), ("feed/resume", new { by = "anna" }, "'reason'"),
        })
        {
            using var answer = await PostAsync(governance, path, body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(word, await answer.Content.ReadAsStringAsync());
        }

        using var broken = new StringContent("{", null, "application/json");
        using var refused = await governance.Http.PostAsync(new Uri("/control/kill", UriKind.Relative), broken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Empty(_entries.Of(StreamCatalog.GovernanceControl));
    }

    [Fact]
    public async Task On_a_tape_the_word_carries_the_tapes_time()
    {
        const string Position = "1700000000000";
        using var governance = await StartAsync("Quantum:Tape=true");
        _entries.Call("SET", FeedKeys.Position, Position);
        using var answer = await PostAsync(governance, "kill", new { reason = "stop", by = "anna" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(Position, Assert.Single(_entries.Of(StreamCatalog.GovernanceControl))["ts"]);
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("flatten")]
    [InlineData("feed/pause")]
    public async Task A_tape_before_its_first_step_has_no_time_and_the_word_is_refused(string path)
    {
        using var governance = await StartAsync("Quantum:Tape=true");
        using var answer = await PostAsync(governance, path, new { reason = "stop", by = "anna" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("has not made its first step", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_entries.Of(StreamCatalog.GovernanceControl));
    }

    [Fact]
    public async Task A_page_of_another_origin_or_name_says_nothing_here()
    {
        using var governance = await StartAsync();
        foreach (var (header, value) in new (string, string)[]
        {
            ("Host", "evil.example"), ("Origin", "http://evil.example"), ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/control/kill", UriKind.Relative))
            {
                Content = JsonContent.Create(new { reason = "rebound", by = "nobody" }),
            };
            if (header == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await governance.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(_entries.Of(StreamCatalog.GovernanceControl));
    }

    [Fact]
    public async Task Where_a_key_is_set_no_word_goes_without_it()
    {
        const string Key = "a-key-of-at-least-24-signs";
        using var governance = await StartAsync("Control:Key=" + Key);
        var word = new { reason = "stop", by = "anna" };
        foreach (var given in (string?[])[null, "Bearer wrong", Key])
        {
            governance.Http.DefaultRequestHeaders.Remove("Authorization");
            governance.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", given ?? "");
            using var refused = await PostAsync(governance, "kill", word);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            using var policy = await governance.Http.GetAsync(new Uri("/policy", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, policy.StatusCode);
        }

        Assert.Empty(_entries.Of(StreamCatalog.GovernanceControl));
        governance.Http.DefaultRequestHeaders.Remove("Authorization");
        governance.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + Key);
        using var answer = await PostAsync(governance, "kill", word);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await WaitForAsync(governance, "kill_switch", "true");
    }

    /// <summary>The page's table and the routes are the same: an unknown one is 404, a known one wants why.</summary>
    [Fact]
    public async Task Every_route_that_the_page_of_the_api_names_is_there_and_every_route_stands_on_it()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(GoldenFile.Root, "docs/API.md"));
        var paths = Regex.Matches(page, "/control/([a-z/]+)`").Select(path => path.Groups[1].Value).ToList();
        using var governance = await StartAsync();
        foreach (var path in paths)
        {
            using var answer = await PostAsync(governance, path, new { });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        var source = await File.ReadAllTextAsync(
            Path.Combine(GoldenFile.Root, "services/governance/ControlSurface.cs"));
        Assert.Equal(
            Regex.Matches(source, "\\(\"/([a-z/]+)\", ControlAction").Select(path => path.Groups[1].Value)
                .Order(StringComparer.Ordinal),
            paths.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("kill", null)]
    [InlineData("flatten", null)]
    [InlineData("mode", "halt")]
    public async Task A_word_that_a_failover_could_forget_is_not_accepted(string word, string? mode)
    {
        using var governance = await StartAsync();
        using var replica = RedisServer.Start(new RedisServerOptions
        {
            Arguments = ["--replicaof", "127.0.0.1 " + _redis.Port],
        });
        Eventually.True(() => _entries.Info("replication", "slave0:")?.Contains("online") == true);
        replica.Freeze();
        using var refused = await PostAsync(governance, word, new { reason = "stop", by = "anna", mode });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("no replica of Redis confirmed it", await refused.Content.ReadAsStringAsync());
        replica.Resume();
        using var accepted = await PostAsync(governance, word, new { reason = "stop", by = "anna", mode });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        // What was accepted is there at the one that takes over.
        _redis.Kill();
        Assert.Equal(2, new RedisEntries(replica).Of(StreamCatalog.GovernanceControl).Count);
    }

    [Theory]
    [InlineData("Quantum:Tape=false")]
    [InlineData("Quantum:Tape=true")]
    public async Task Without_Redis_every_answer_is_503_with_the_reason(string time)
    {
        using var governance = await StartAsync(time);
        _redis.Kill();
        // Both at once: each waits for its own client to give Redis up.
        var looking = governance.Http.GetAsync(new Uri("/policy", UriKind.Relative));
        using var answer = await PostAsync(governance, "kill", new { reason = "stop", by = "anna" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Redis", await ErrorAsync(answer));
        using var policy = await looking;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, policy.StatusCode);
        Assert.Contains("Redis", await ErrorAsync(policy));

        static async Task<string?> ErrorAsync(HttpResponseMessage answer) =>
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString();
    }

    private Task<ServiceProcess> StartAsync(params string[] settings) => ServiceProcess.StartAsync(
        "Quantum.Governance", [$"ConnectionStrings:redis={_redis.ConnectionString}", .. settings]);

    private static Task<HttpResponseMessage> PostAsync(ServiceProcess governance, string path, object body) =>
        governance.Http.PostAsJsonAsync(new Uri("/control/" + path, UriKind.Relative), body);

    private static async Task<Dictionary<string, string>> PolicyAsync(ServiceProcess governance)
    {
        using var answer = await governance.Http.GetAsync(new Uri("/policy", UriKind.Relative));
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!
            : [];
    }

    private static Task WaitForAsync(ServiceProcess governance, string field, string value) => Eventually.TrueAsync(
        async () => (await PolicyAsync(governance)).GetValueOrDefault(field) == value, what: $"{field} is {value}");
}
