using Microsoft.Playwright;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>Every page in a real browser, with live data of every service.</summary>
[Collection(nameof(LiveGroup))]
public sealed class PageTests(LiveSystem system)
{
    /// <summary>
    /// How long a page may take to tell who holds a seat: a lease is 10 s, and the machine has other work.
    /// </summary>
    internal static readonly TimeSpan SeatLimit = TimeSpan.FromSeconds(60);

    private const int MostFirstBytes = 700_000;
    private const int Wishes = 12;
    private static readonly string[] s_pages =
    [
        "", "flow", "trade/" + LiveSystem.Symbol, "journal", "why-not", "results", "backtests", "models", "policy",
        "system",
    ];

    [BrowserFact]
    public async Task The_overview_shows_a_position_with_its_stop_confirmed_and_loads_little()
    {
        await system.PositionAsync();
        await using var page = await system.Browser!.OpenAsync(system.Console, "");
        await page.SeesAsync(".verdict", "Quantum is alive");
        await page.SeesAsync("tr", LiveSystem.Symbol);
        await page.SeesAsync("tr", "✓ confirmed");
        await Assertions.Expect(page.Of(".curve path.line")).ToHaveCountAsync(1);
        Assert.InRange(page.Bytes, 10_000, MostFirstBytes);
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task Stopping_by_keyboard_alone_is_told_by_the_executor_itself_and_holds()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "flow");
        await TabToAsync(page, "button.halt");
        await page.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#stop input.wide");
        await page.Page.Keyboard.TypeAsync("a <b>test</b>");
        await TabToAsync(page, "#stop .act input");
        await page.Page.Keyboard.TypeAsync("STOP");
        await Assertions.Expect(page.Of("#stop .act button").First).ToBeEnabledAsync();
        await TabToAsync(page, "#stop .act button");
        try
        {
            await page.Page.Keyboard.PressAsync("Enter");
            await page.SeesAsync("#stop .steps .done", "The executor says: every entry is refused", SeatLimit);
            var wish = system.WishEntry();
            Eventually.True(() => ReasonOf(wish) == "kill_switch", what: "the entry is denied");
            await page.SeesAsync("#stop p", "a <b>test</b>");
            await page.SeesAsync(".halt.on", "Stopped");
            await page.Of("#stop .act input").First.FillAsync("RELEASE");
            await page.Of("#stop button.primary").ClickAsync();
            await page.SeesAsync(".halt:not(.on)", "Stop trading");
        }
        finally
        {
            await system.ReleaseAsync();
        }

        Assert.Contains("KillOn, a <b>test</b>", ActionsNoted());
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task A_dead_executor_is_red_and_its_end_too()
    {
        await using var flow = await system.Browser!.OpenAsync(system.Console, "flow");
        await Assertions.Expect(flow.Of(".card.dead")).ToHaveCountAsync(0);
        system.Kill("executor");
        try
        {
            await flow.SeesAsync(".card.dead", "Executor", SeatLimit);
            await flow.SeesAsync(".alive.bad", "executor is down", SeatLimit);
            system.WishEntry();
            await flow.SeesAsync(".pill.dead", "intent");
            await flow.Of(".pill.dead[data-stream='trade.intent']").ClickAsync();
            await flow.SeesAsync(".drawer", "NO_ACTIVE_CONSUMER");
            await flow.SeesAsync(".drawer details", LiveSystem.Symbol);
        }
        finally
        {
            await system.StartAgainAsync("executor");
        }

        await flow.SeesAsync(".alive.ok", "alive", SeatLimit);
        // Governance may have halted meanwhile: a person resets what tripped, and says why.
        await flow.GoAsync("policy");
        await flow.Of("main input").FillAsync("the executor is back");
        await flow.Of("main button.primary").ClickAsync();
        await flow.SeesAsync("main [role=alert]", "Said");
        await flow.GoAsync("");
        await flow.SeesAsync(".blocks", "Nothing blocks entries", SeatLimit);
        Assert.Empty(flow.Faults);
    }

    [BrowserFact]
    public async Task Flatten_closes_every_position_and_tells_each_by_the_executors_own_result()
    {
        string[] symbols = [LiveSystem.Symbol, "BTCUSDT"];
        foreach (var symbol in symbols) await system.PositionAsync(symbol);
        await using var page = await system.Browser!.OpenAsync(system.Console, "");
        foreach (var symbol in symbols) await page.SeesAsync("[aria-label=Positions] tr", symbol);
        try
        {
            await FlattenAsync(page, symbols);
            await page.Of("#stop .act input").First.FillAsync("RELEASE");
            await page.Of("#stop button.primary").ClickAsync();
            await page.SeesAsync(".halt:not(.on)", "Stop trading");
        }
        finally
        {
            await system.ReleaseAsync();
        }

        await system.PositionAsync();
        Assert.Contains("Flatten, flat for the night", ActionsNoted());
        Assert.Empty(page.Faults);
    }

    private async Task FlattenAsync(WatchedPage page, string[] symbols)
    {
        await page.Of("button.halt").ClickAsync();
        await page.Of("#stop input.wide").FillAsync("flat for the night");
        await page.Of("#stop .flatten input").FillAsync("FLATTEN");
        await page.Of("#stop .flatten button.danger").ClickAsync();
        // What is refused meanwhile is newer than a close's fill, and no word of the close.
        for (var i = 0; i < Wishes; i++)
        {
            system.WishEntry(symbols[i % 2]);
            await page.LiveAsync();
        }

        foreach (var symbol in symbols)
        {
            await page.SeesAsync("#stop .results tr", symbol);
            await Assertions.Expect(page.Of("#stop .results tr", symbol)).ToContainTextAsync("✓ closed");
            await Assertions.Expect(page.Of("#stop .results tr", symbol)).ToContainTextAsync("filled");
        }

        await page.SeesAsync("#stop p", "flat for the night");
    }

    /// <summary>The old circuit is gone with its process; the page comes back untouched.</summary>
    [BrowserFact]
    public async Task A_page_lives_again_after_the_consoles_restart()
    {
        using var redis = new OwnRedis();
        var url = $"Kestrel:Endpoints:http:Url=http://127.0.0.1:{RedisServer.FreePort()}";
        var before = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}", url);
        await using var page = await system.Browser!.OpenAsync(before, "policy");
        await page.Page.EvaluateAsync("document.documentElement.dataset.before = 'yes'");
        before.Dispose();
        await page.SeesAsync("html.frozen .frozen-note", "No news");
        using var after = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}", url);
        await page.Of("html:not([data-before]):not(.frozen) [data-look]").WaitForAsync(
            new LocatorWaitForOptions { Timeout = 60_000 });
        await page.LiveAsync();
    }

    [BrowserFact]
    public async Task On_a_phone_no_page_scrolls_sideways()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "", 390, 844);
        foreach (var path in (string[])[.. s_pages, "journal/" + system.WishEntry()])
        {
            await page.GoAsync(path);
            var width = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= 390, $"/{path} is {width} px wide");
        }

        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task No_page_bars_anybody_by_the_rules_of_axe()
    {
        await using var page = await system.Browser!.OpenAsync(system.Console, "");
        foreach (var path in (string[])[.. s_pages, "journal/" + system.WishEntry()])
        {
            await page.GoAsync(path);
            await Axe.JudgeAsync(page.Page, "/" + path);
        }

        await page.Of("button.halt").ClickAsync();
        await Axe.JudgeAsync(page.Page, "the stop dialog");
        await page.GoAsync("flow");
        await page.Of(".pill[data-stream='trade.intent']").ClickAsync();
        await page.SeesAsync(".drawer", "Last entries");
        await Axe.JudgeAsync(page.Page, "the drawer of a stream");
    }

    private string ActionsNoted() => string.Join('\n', Noted());

    private List<string> Noted()
    {
        var reply = system.Call("LRANGE", "quantum:cli:actions", "0", "9");
        var notes = new List<string>();
        for (var left = reply.ReadArray(); left > 0; left--) notes.Add(reply.ReadString());
        return notes;
    }

    private string? ReasonOf(string intentId)
    {
        var reply = system.Call("XREVRANGE", "quantum:stream:execution.result", "+", "-", "COUNT", "20");
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            reply.Skip();
            var fields = reply.ReadFields();
            if (fields.GetValueOrDefault("intent_id") == intentId)
                return fields.GetValueOrDefault("reason_code");
        }

        return null;
    }

    private static async Task TabToAsync(WatchedPage page, string selector)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>("s => document.activeElement?.matches(s)", selector)) return;
        }

        Assert.Fail($"80 tabs did not reach {selector}");
    }
}
