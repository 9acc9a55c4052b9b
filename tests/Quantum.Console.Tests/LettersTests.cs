using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Console.Tests.Harness;
using Quantum.Contracts.Settings;
using Quantum.Looking;

namespace Quantum.Console.Tests;

/// <summary>Dead letters: seen, sent again and dropped, by a page and by a program.</summary>
public sealed class LettersTests : IDisposable
{
    private const string Box = "quantum:dlq:trade.closed";
    private readonly OwnRedis _redis = new();

    public void Dispose() => _redis.Dispose();

    [BrowserFact]
    public async Task An_operator_sends_one_again_and_drops_another_and_both_are_noted()
    {
        Letter("1-1", "t-1");
        Letter("2-1", "t-2");
        using var console = await ServiceRun.StartAsync("console", Settings());
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "system");
        var first = page.Of("details.letter", "t-1");
        await first.Locator("summary").ClickAsync();
        await page.SeesAsync("details.letter[open] dd", "t-1");
        Assert.True(await first.Locator("button.primary").IsDisabledAsync());
        await first.Locator("input").First.FillAsync("SEND");
        await first.Locator("button.primary").ClickAsync();
        await page.SeesAsync("main [role=alert]", "sent as");
        var second = page.Of("details.letter", "t-2");
        await second.Locator("summary").ClickAsync();
        await second.Locator("input").First.FillAsync("DROP");
        await second.Locator("button.danger").ClickAsync();
        await page.SeesAsync("main [role=alert]", "dropped");
        await page.SeesAsync("[aria-label='Dead letters']", "There are none");
        await page.SeesAsync(".log", "from 127.0.0.1 redrive " + Box);
        Assert.Empty(page.Faults);
        Assert.Equal(1, _redis.Length("quantum:stream:trade.closed"));
        Assert.Equal(0, _redis.Length(Box));
    }

    [Fact]
    public async Task A_program_does_the_same_a_reader_does_not_and_what_is_not_there_is_said()
    {
        Letter("1-1", "t-1");
        using var console = await ServiceRun.StartAsync("console", Settings());
        var keys = Path.Combine(_redis.Folder, RunFiles.ApiKeys);
        var (may, looks) = (ApiKeyFile.Add(keys, "desk", "operator", 1), ApiKeyFile.Add(keys, "eye", "reader", 1));
        var (status, all) = await AskAsync(HttpMethod.Get, "dead-letters", looks);
        Assert.Equal((HttpStatusCode.OK, 1), (status, all.GetProperty("total").GetInt32()));
        Assert.Equal("1-1", all.GetProperty("letters")[0].GetProperty("id").GetString());
        var path = "actions/dead-letters/trade.closed/1-1/";
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(HttpMethod.Post, path + "drop", looks)).Status);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await AskAsync(HttpMethod.Post, path + "redrive?deadline=0", may)).Status);
        foreach (var none in (string[])["trade.closed/9-9", "trade.closed/x", "nowhere/1-1"])
            Assert.Equal(HttpStatusCode.NotFound,
                (await AskAsync(HttpMethod.Post, $"actions/dead-letters/{none}/drop", may)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(HttpMethod.Post, path + "redrive", may)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(HttpMethod.Post, path + "redrive", may)).Status);
        Assert.Equal(1, _redis.Length("quantum:stream:trade.closed"));

        async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(HttpMethod method, string what, string key)
        {
            using var request = new HttpRequestMessage(method, "/api/v1/" + what);
            request.Headers.Add("X-Api-Key", key);
            using var answer = await console.Http.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
        }
    }

    private string[] Settings() =>
    [
        $"ConnectionStrings:redis={_redis.Connection}",
        $"Access:KeysPath={Path.Combine(_redis.Folder, RunFiles.ApiKeys)}",
    ];

    private void Letter(string id, string trade)
    {
        _redis.Call("HSET", "quantum:topology", "system", "quantum", "mode", "paper", "shards", "1", "time", "real");
        var fields = Entries.Trade(trade, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), "1", "0.1")[3..];
        _redis.Call(["XADD", Box, id, .. fields, "dlq_stream", "quantum:stream:trade.closed", "dlq_id", id,
            "dlq_reason", "unreadable", "dlq_text", $"cannot be read: {trade}", "dlq_role", "portfolio",
            "dlq_attempts", "3"]);
    }
}
