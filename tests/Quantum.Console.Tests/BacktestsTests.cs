using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Quantum.Console.Tests.Harness;
using Quantum.Looking;

namespace Quantum.Console.Tests;

/// <summary>Backtests started, watched, compared, read and refused in a browser; each runs as a real process.</summary>
[Collection(nameof(LiveGroup))]
public sealed class BacktestsTests(LiveSystem system)
{
    /// <summary>How long one may take, s, beside other tests that want every core.</summary>
    internal static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(240);

    [BrowserFact]
    public async Task One_is_started_told_compared_and_read_and_the_oldest_goes()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "backtests");
        for (var run = 1; run <= 4; run++)
        {
            var settings = $"TradingBot:CooldownMs={run}00000";
            await StartAsync(page, "days", LiveSystem.Symbol, "", "", settings);
            await page.SeesAsync("main [role=alert]", "Started");
            await page.SeesAsync("[aria-label='Ended backtests'] tr", settings, RunLimit);
        }

        await page.SeesAsync("[aria-label='Ended backtests'] tr", "✓ done");
        // Three are kept: the first has gone, from the disk too.
        await Assertions.Expect(page.Of("[aria-label='Ended backtests'] tbody tr")).ToHaveCountAsync(3);
        Assert.Equal(3, Kept().Count);
        Assert.Equal(0, await page.Of("[aria-label='Ended backtests']", "CooldownMs=100000").CountAsync());

        await ChooseAsync(page, "Compare", "CooldownMs=200000");
        await ChooseAsync(page, "with", "CooldownMs=400000");
        await Assertions.Expect(page.Of(".figures thead th")).ToHaveCountAsync(3);
        await page.SeesAsync(".figures tr", "profit factor");
        await Assertions.Expect(page.Of(".curve.result .line")).ToHaveCountAsync(2);
        await page.GoAsync("results");
        await ChooseAsync(page, "Beside it", "CooldownMs=300000");
        await page.SeesAsync(".figures thead th", "CooldownMs=300000");
        Assert.Contains("backtest of " + LiveSystem.Symbol, Noted());
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task A_report_is_read_in_a_sandbox_and_reaches_nothing_of_the_console()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "backtests");
        await StartAsync(page, "days", "", "2025-12-02", "2025-12-03", "");
        var link = page.Of("[aria-label='Ended backtests'] tr", "from 2025-12-02").GetByText("Open");
        await link.WaitForAsync(new LocatorWaitForOptions { Timeout = (float)RunLimit.TotalMilliseconds });
        var path = await link.GetAttributeAsync("href");
        await page.Page.GotoAsync("/" + path);
        await page.SeesAsync("h2", "Equity and drawdown");
        // Its own script runs: without it the button stays hidden.
        await page.Of("#theme").ClickAsync();
        Assert.Equal("null", await page.Page.EvaluateAsync<string>("self.origin"));
        var reached = await page.Page.EvaluateAsync<bool>(
            "fetch('/api/v1/overview').then(() => true, () => false)");
        Assert.False(reached, "the report read the console's API");
        using var answer = await system.Console.Http.GetAsync(new Uri(path!, UriKind.Relative));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox allow-scripts", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("allow-same-origin", policy);
        foreach (var id in (string[])["..%2F..%2Fjob", "nothing", "..%5C"])
        {
            using var none = await system.Console.Http.GetAsync(new Uri($"/backtests/{id}/report", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
    }

    [BrowserFact]
    public async Task One_at_a_time_runs_and_is_cancelled()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "backtests");
        await StartAsync(page, "months", "", "", "", "");
        await page.SeesAsync(".run", "Candles/s");
        await StartAsync(page, "days", "", "", "", "");
        await page.SeesAsync("main [role=alert]", "at most 1 may");
        await Assertions.Expect(page.Of(".run .facts")).ToContainTextAsync(
            new System.Text.RegularExpressions.Regex(@"Candles/s\s*[1-9]"),
            new LocatorAssertionsToContainTextOptions { Timeout = (float)RunLimit.TotalMilliseconds });
        await page.Of(".run button").ClickAsync();
        await page.SeesAsync("[aria-label='Ended backtests'] tr", "✕ cancelled");
        await page.SeesAsync("[aria-label=Running]", "None runs");
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task A_program_starts_one_follows_it_and_reads_what_it_made()
    {
        var key = ApiKeyFile.Add(system.KeysPath, "tester", "operator", 1);
        var reader = ApiKeyFile.Add(system.KeysPath, "looker", "reader", 1);
        var wish = new
        {
            recording = "days", symbols = new[] { LiveSystem.Symbol },
            settings = new[] { "TradingBot:CooldownMs=700000" },
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("backtests", wish, reader)).Status);
        var unfit = await PostAsync("backtests", new { recording = "../days" }, key);
        Assert.Equal(HttpStatusCode.BadRequest, unfit.Status);
        Assert.Contains("'../days' is no configured recording", unfit.Body.GetProperty("detail").GetString());
        var none = await PostAsync("backtests/none/cancel", new { }, key);
        Assert.Equal(HttpStatusCode.NotFound, none.Status);

        // A long one, so that it still runs when the next is asked for.
        var (status, started) = await PostAsync("backtests", new { recording = "months" }, key);
        Assert.Equal(HttpStatusCode.Accepted, status);
        var longer = started.GetProperty("id").GetString()!;
        var full = await PostAsync("backtests", wish, key);
        Assert.Equal(HttpStatusCode.Conflict, full.Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync($"backtests/{longer}/cancel", new { }, key)).Status);
        await EndAsync(longer, "cancelled", reader);

        (status, started) = await PostAsync("backtests", wish, key);
        Assert.Equal(HttpStatusCode.Accepted, status);
        var story = await EndAsync(started.GetProperty("id").GetString()!, "done", reader);
        Assert.Equal("key tester", story.GetProperty("backtest").GetProperty("by").GetString());
        var figures = story.GetProperty("result").GetProperty("figures");
        Assert.Equal(JsonValueKind.Number, figures.GetProperty("endUsd").ValueKind);
        Assert.Contains(
            "TradingBot:CooldownMs is 700000", story.GetProperty("result").GetProperty("notes").GetRawText());
        using var report = await system.Console.Http.GetAsync(
            new Uri(story.GetProperty("report").GetString()!, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
        var all = await system.Console.AskJsonAsync("backtests", reader);
        Assert.Contains(started.GetProperty("id").GetString()!, all.GetRawText());
        Assert.Contains("key tester from 127.0.0.1: backtest of " + LiveSystem.Symbol, Noted());
    }

    [BrowserFact]
    public async Task What_may_not_be_played_is_refused_in_words_before_anything_runs()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "backtests");
        var before = Kept();
        foreach (var (symbols, from, settings, words) in new[]
        {
            ("btc usdt", "", "", "btc usdt"),
            ("", "yesterday", "", "yesterday"),
            ("", "", "ExitBrain:Nope=1", "ExitBrain:Nope"),
            ("", "", "TradingBot:CooldownMs=soon", "soon"),
            ("", "", "Instruments:Path=/etc/passwd", "Instruments:Path is no setting of a role"),
            ("", "", "Feed:Path=/etc", "Feed:Path is no setting of a role"),
            ("", "", "--report=x.html", "--report=x.html"),
        })
        {
            await StartAsync(page, "days", symbols, from, "", settings);
            await page.SeesAsync("main [role=alert]", words);
        }

        // A browser that asks for another place than those that are configured.
        await page.Page.EvaluateAsync(
            "() => { const s = document.querySelector('.form select'); s.add(new Option('x', '/etc')); }");
        await page.Of(".form select").SelectOptionAsync("/etc");
        await page.Of("main button.primary").ClickAsync();
        await page.SeesAsync("main [role=alert]", "'/etc' is no configured recording");
        // One before may still be forgotten.
        Assert.Subset(before, Kept());
        Assert.Empty(page.Faults);
    }

    private static async Task StartAsync(
        WatchedPage page, string folder, string symbols, string from, string to, string settings)
    {
        await page.Of(".form select").SelectOptionAsync(folder);
        var fields = page.Of(".form input");
        await fields.Nth(0).FillAsync(symbols);
        await fields.Nth(1).FillAsync(from);
        await fields.Nth(2).FillAsync(to);
        await page.Of(".form textarea").FillAsync(settings);
        await page.Of("main button.primary").ClickAsync();
    }

    private static async Task ChooseAsync(WatchedPage page, string label, string words)
    {
        var select = page.Of("label", label).Locator("select");
        var value = await select.Locator("option", new LocatorLocatorOptions { HasText = words }).First
            .GetAttributeAsync("value");
        await select.SelectOptionAsync(value!);
    }

    private HashSet<string> Kept() => [.. Directory.GetDirectories(Path.Combine(system.Kept, "backtests"))];

    private async Task<JsonElement> EndAsync(string id, string state, string key)
    {
        JsonElement story = default;
        await Eventually.TrueAsync(
            async () =>
            {
                story = await system.Console.AskJsonAsync("backtests/" + id, key);
                return story.TryGetProperty("backtest", out var told)
                    && told.GetProperty("state").GetString() == state;
            },
            RunLimit, $"backtest {id} is {state}", TimeSpan.FromMilliseconds(250));
        return story;
    }

    private string Noted()
    {
        var reply = system.Call("LRANGE", "quantum:cli:actions", "0", "30");
        var notes = new List<string>();
        for (var left = reply.ReadArray(); left > 0; left--) notes.Add(reply.ReadString());
        return string.Join('\n', notes);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/actions/" + path)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Add("X-Api-Key", key);
        using var answer = await system.Console.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
