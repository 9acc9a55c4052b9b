using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Console.Tests.Harness;
using Quantum.Looking;
using Quantum.Resp;

namespace Quantum.Console.Tests;

/// <summary>The API: who gets in, what it says of itself, and how it refuses. No other service runs.</summary>
public sealed class ApiTests(ApiConsole shared) : IClassFixture<ApiConsole>
{
    private const string Problem = "application/problem+json";

    // Each test's own: what one asks counts against no other's limit.
    private readonly string _name = $"eye-{Guid.NewGuid():N}";
    private readonly string _operator = shared.Key("operator");

    private string Reader => field ??= ApiKeyFile.Add(shared.KeysPath, _name, "reader", 1);

    private ServiceRun Console => shared.Console;

    [Fact]
    public async Task A_key_opens_it_by_either_header_until_it_is_revoked_and_aReader_cannot_act()
    {
        foreach (var path in (string[])["/api/v1/overview", "/openapi/v1.json", "/api/v1/events"])
            await RefusedAsync(HttpStatusCode.Unauthorized, "./quantum api-key", await AskAsync(path, ""));
        await RefusedAsync(
            HttpStatusCode.Unauthorized, "opens nothing", await AskAsync("/api/v1/overview", Reader + "0"));
        using (var plain = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session"))
        {
            plain.Headers.Add("X-Api-Key", Reader);
            using var answer = await Console.Http.SendAsync(plain);
            var who = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(
                ("key " + _name, "reader"),
                (who.GetProperty("name").GetString(), who.GetProperty("role").GetString()));
        }

        await RefusedAsync(
            HttpStatusCode.Forbidden, "Only an operator", await SayAsync("kill", new { reason = "x" }, Reader));
        // This Redis is no system's: whose word it is was accepted, and it says why it cannot be followed.
        await RefusedAsync(
            HttpStatusCode.Conflict, "nothing has changed", await SayAsync("kill", new { reason = "x" }, _operator));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/openapi/v1.json", Reader)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync("/policy", Reader)).StatusCode);
        ApiKeyFile.Revoke(shared.KeysPath, _name);
        await RefusedAsync(HttpStatusCode.Unauthorized, "opens nothing", await AskAsync("/api/v1/session", Reader));
        Assert.DoesNotContain(_operator.Split('_')[2], Console.Said + await File.ReadAllTextAsync(shared.KeysPath));
    }

    [Fact]
    public async Task Who_asks_too_fast_is_told_so()
    {
        var answers = new List<HttpResponseMessage>();
        // A machine with other work may serve a round of them no faster than the limit.
        await Eventually.TrueAsync(async () =>
        {
            answers.AddRange(await Task.WhenAll(
                Enumerable.Range(0, 120).Select(_ => AskAsync("/api/v1/session", Reader))));
            return answers.Any(answer => answer.StatusCode != HttpStatusCode.OK);
        }, what: "one is refused");
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await RefusedAsync(
            HttpStatusCode.TooManyRequests, "a second",
            answers.First(answer => answer.StatusCode != HttpStatusCode.OK));
    }

    [Fact]
    public async Task The_document_names_every_path_and_each_look_answers()
    {
        using var answer = await AskAsync("/openapi/v1.json", Reader);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var paths = document.GetProperty("paths").EnumerateObject().ToList();
        Assert.Superset(
            new HashSet<string>(((string[])
                [
                    "overview", "equity", "positions", "orders", "trades", "trades/{id}", "why-not", "policy",
                    "policy/history", "health", "flow", "streams/{name}", "actions", "session", "events",
                    "candles/{symbol}",
                    "words/{eventId}", "actions/positions/{symbol}/close", "actions/positions/{symbol}/stop",
                    "actions/kill", "actions/release", "actions/flatten", "actions/reset", "actions/mode",
                    "results", "backtests", "backtests/{id}", "models", "actions/backtests",
                    "actions/backtests/{id}/cancel",
                ]).Select(path => "/api/v1/" + path)),
            paths.Select(path => path.Name).ToHashSet());
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("bearer", schemes.GetProperty("bearer").GetProperty("scheme").GetString());
        Assert.Equal("X-Api-Key", schemes.GetProperty("apiKey").GetProperty("name").GetString());
        foreach (var path in paths.Where(path => path.Value.TryGetProperty("get", out _) && !path.Name.Contains('{')
            && !path.Name.EndsWith("/events", StringComparison.Ordinal)))
        {
            using var look = await AskAsync(path.Name, Reader);
            var isThere = look.StatusCode == HttpStatusCode.OK;
            Assert.True(isThere || look.StatusCode == HttpStatusCode.NotFound, $"{path.Name}: {look.StatusCode}");
            Assert.Equal(isThere ? "application/json" : Problem, look.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("trades?limit=0", 400, "limit is 0: ask for 1 to 1000")]
    [InlineData("trades?limit=many", 400, "many")]
    [InlineData("trades?side=up", 400, "side is 'up'")]
    [InlineData("trades?before=yesterday", 400, "before is 'yesterday'")]
    [InlineData("trades?from=2&to=1", 400, "from is 2 and to is 1")]
    [InlineData("candles/NOPEUSDT", 404, "no candle of 'NOPEUSDT'")]
    [InlineData("candles/NOPEUSDT?limit=0", 400, "limit is 0: ask for 1 to 5000")]
    [InlineData("trades/none", 404, "names 'none'")]
    [InlineData("streams/nowhere", 404, "no stream 'nowhere'")]
    [InlineData("streams/trade.intent?limit=9999", 400, "limit is 9999")]
    [InlineData("why-not?limit=-1", 400, "limit is -1")]
    [InlineData("words/none", 404, "'none'")]
    [InlineData("results", 404, "told nothing yet")]
    [InlineData("backtests/none", 404, "no backtest has the id 'none'")]
    [InlineData("nowhere", 404, "/openapi/v1.json lists")]
    [InlineData("policy", 404, "no policy was published")]
    public async Task What_cannot_be_answered_names_thing_value_and_mend(string path, int status, string words) =>
        await RefusedAsync((HttpStatusCode)status, words, await AskAsync("/api/v1/" + path, Reader));

    [Fact]
    public async Task A_word_needs_a_reason_a_known_mode_and_a_body()
    {
        await RefusedAsync(
            HttpStatusCode.BadRequest, "Say why", await SayAsync("kill", new { reason = " " }, _operator));
        await RefusedAsync(HttpStatusCode.BadRequest, "mode is 'mad'",
            await SayAsync("mode", new { mode = "mad", reason = "x" }, _operator));
        await RefusedAsync(HttpStatusCode.BadRequest, "wait is 99",
            await SayAsync("kill?wait=99", new { reason = "x" }, _operator));
        using var broken = new HttpRequestMessage(HttpMethod.Post, "/api/v1/actions/kill")
        {
            Content = new StringContent("{", null, "application/json"),
        };
        broken.Headers.Add("X-Api-Key", _operator);
        await RefusedAsync(HttpStatusCode.BadRequest, "JSON", await Console.Http.SendAsync(broken));
    }

    [Fact]
    public async Task Trades_come_in_pages_and_by_filter_each_once()
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(shared.Redis.ConnectionString));
        connection.Call("DEL", "quantum:stream:trade.closed").ThrowIfError();
        for (var i = 1; i <= 5; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            connection.Call("XADD", "quantum:stream:trade.closed", $"{number}000-0", "ts", $"{number}000", "trade_id",
                "t" + number, "symbol", i == 3 ? "ETHUSDT" : "BTCUSDT", "side", i < 3 ? "short" : "long", "pnl_usd",
                $"-{number}.5", "r_multiple", "", "closed_at_ms", $"{number}000", "reason", "stop_loss").ThrowIfError();
        }

        Assert.Equal("t5 t4, 4000-0", await PageAsync("limit=2"));
        Assert.Equal("t3 t2, 2000-0", await PageAsync("limit=2&before=4000-0"));
        Assert.Equal("t1, ", await PageAsync("limit=2&before=2000-0"));
        Assert.Equal("t3, ", await PageAsync("symbol=ETHUSDT"));
        Assert.Equal("t2 t1, ", await PageAsync("side=short&reason=stop_loss"));
        Assert.Equal("t3 t2, ", await PageAsync("from=2000&to=4000"));
        using var answer = await AskAsync("/api/v1/trades?limit=1", Reader);
        var trade = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("trades")[0];
        Assert.Equal(-5.5m, trade.GetProperty("pnlUsd").GetDecimal());
        Assert.Equal(JsonValueKind.Null, trade.GetProperty("rMultiple").ValueKind);

        async Task<string> PageAsync(string query)
        {
            using var page = await AskAsync("/api/v1/trades?" + query, Reader);
            var read = await page.Content.ReadFromJsonAsync<JsonElement>();
            var ids = read.GetProperty("trades").EnumerateArray().Select(one => one.GetProperty("tradeId").GetString());
            return $"{string.Join(' ', ids)}, {read.GetProperty("next").GetString()}";
        }
    }

    [Fact]
    public async Task The_feed_tells_at_most_four_times_a_second_and_ends_with_its_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("X-Api-Key", Reader);
        using var answer = await Console.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await StateAsync();
        // By the server's clock: what came while this thread stood still is read all at once. A look may be told late,
        // which makes one round short; too fast a feed makes each.
        var tookMs = new List<long>();
        do
        {
            var (firstMs, lastMs) = (await StateAsync(), 0L);
            for (var i = 0; i < 8; i++) lastMs = await StateAsync();
            tookMs.Add(lastMs - firstMs);
        }
        while (tookMs[^1] < 1_700 && tookMs.Count < 6);
        Assert.True(tookMs[^1] >= 1_700, $"each eight more events came in {string.Join(", ", tookMs)} ms");
        // More at once than a page shows: each is told, and once.
        using var connection = RespConnection.Connect(RespEndpoint.Parse(shared.Redis.ConnectionString));
        for (var i = 0; i < 30; i++)
            connection.Call(Entries.Trade($"fed-{i}", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), "1", "0.1"))
                .ThrowIfError();
        for (var i = 0; i < 30; i++) Assert.Equal($"fed-{i}", await TradeAsync());
        ApiKeyFile.Revoke(shared.KeysPath, _name);
        var rest = await lines.ReadToEndAsync().WaitAsync(Eventually.Deadline);
        Assert.DoesNotContain("event: trade", rest, StringComparison.Ordinal);

        async Task<string?> TradeAsync()
        {
            while (await lines.ReadLineAsync().WaitAsync(Eventually.Deadline) is { } line)
            {
                if (line != "event: trade") continue;
                var told = await lines.ReadLineAsync().WaitAsync(Eventually.Deadline);
                return JsonDocument.Parse(told!["data: ".Length..]).RootElement.GetProperty("tradeId").GetString();
            }

            return null;
        }

        async Task<long> StateAsync()
        {
            while (await lines.ReadLineAsync().WaitAsync(Eventually.Deadline) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                using var data = JsonDocument.Parse(line["data: ".Length..]);
                var overview = data.RootElement.GetProperty("overview");
                Assert.False(overview.GetProperty("alive").GetBoolean());
                return overview.GetProperty("nowMs").GetInt64();
            }

            throw new InvalidOperationException("the feed ended");
        }
    }

    [Fact]
    public async Task On_this_machine_what_is_posted_without_a_key_needs_the_token_of_its_session()
    {
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={shared.Redis.ConnectionString}",
            $"Access:KeysPath={shared.KeysPath}");
        using var forged = await console.Http.PostAsJsonAsync("/api/v1/actions/kill", new { reason = "x" });
        await RefusedAsync(HttpStatusCode.BadRequest, "RequestVerificationToken", forged);
        using var session = await console.Http.GetAsync(new Uri("/api/v1/session", UriKind.Relative));
        var token = (await session.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requestToken").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/actions/kill")
        {
            Content = JsonContent.Create(new { reason = "x" }),
        };
        request.Headers.Add("RequestVerificationToken", token);
        request.Headers.Add("Cookie", session.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        await RefusedAsync(HttpStatusCode.Conflict, "nothing has changed", await console.Http.SendAsync(request));
        // A wrong key does not fall back to whoever uses this machine, and who guesses is not listened to for long.
        for (var i = 0; i < 11; i++)
        {
            using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/v1/overview");
            wrong.Headers.Add("X-Api-Key", "quantum_00000000_guess");
            await RefusedAsync(i < 10 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests,
                i < 10 ? "opens nothing" : "too many wrong keys", await console.Http.SendAsync(wrong));
        }

        using var right = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session");
        right.Headers.Add("X-Api-Key", Reader);
        using var known = await console.Http.SendAsync(right);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""[{"id":"a","name":"b","role":"admin","sha256":"c","addedMs":1}]""")]
    public async Task A_file_of_keys_that_cannot_be_read_is_one_line_at_the_start(string text)
    {
        var path = Path.Combine(shared.Redis.Folder, "broken.json");
        await File.WriteAllTextAsync(path, text);
        var (code, said) = ServiceRun.RunToEnd(
            "console", $"ConnectionStrings:redis={shared.Redis.ConnectionString}", $"Access:KeysPath={path}");
        Assert.Equal(2, code);
        Assert.Contains($"Access:KeysPath is '{path}'", said);
        Assert.DoesNotContain("   at ", said);
    }

    private Task<HttpResponseMessage> AskAsync(string path, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key.Length > 0) request.Headers.Add("Authorization", "Bearer " + key);
        return Console.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> SayAsync(string action, object body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/actions/" + action)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Add("Authorization", "Bearer " + key);
        return Console.Http.SendAsync(request);
    }

    private static async Task RefusedAsync(HttpStatusCode status, string words, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal(Problem, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(words, JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString());
    }
}
