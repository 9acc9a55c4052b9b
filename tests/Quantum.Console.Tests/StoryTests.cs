using Microsoft.Playwright;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>Why this trade: everything that decided it, with its figures.</summary>
public sealed class StoryTests
{
    [BrowserFact]
    public async Task A_trade_tells_features_gates_sizing_orders_exits_and_its_trace()
    {
        using var redis = new OwnRedis();
        var told = new ToldTrade(redis);
        told.Fill();
        told.FillDenied();
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={redis.Connection}",
            "Dashboard:Url=http://127.0.0.1:15100/login?t=secret");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "journal");
        await page.Of($"a[href='journal/{ToldTrade.Id}']").ClickAsync();
        await page.SeesAsync("[aria-label='What became of it']", "+7.60");
        await Row(page, "What each feature added", "ret_60", "+1.50", "+0.2100 R");
        await Row(page, "What each feature added", "rsi_14", "−0.40", "−0.0600 R");
        await Row(page, "What each feature added", "Before costs", "+0.1500 R");
        await Row(page, "What each feature added", "Round trip costs", "−0.0500 R");
        await Row(page, "What each feature added", "Expected after all costs", "+0.1000 R");
        await page.SeesAsync("[aria-label='Signal']", "+0.04 R");
        await page.SeesAsync("[aria-label='Intent, regime and ILF']", "0.0120 %");
        await page.SeesAsync("[aria-label='Intent, regime and ILF']", "bull");
        await page.SeesAsync("[aria-label='Sizing'] header", "q-table 7");
        await page.SeesAsync("[aria-label='Sizing']", "10,000.00");
        await page.SeesAsync("[aria-label='Sizing']", "8.00 %");
        await Row(page, "Risk gates", "low confidence", "trading_bot", "0.61", "at least 0.55", "✓ open");
        await Row(page, "Risk gates", "market stale", "executor", "850 ms", "at most 10000 ms", "✓ open");
        await Row(page, "Risk gates", "venue unseen", "nothing to ask");
        await Row(page, "Orders and fills", "entry-1", "entry", "BUY", "filled", "100 ms");
        await Row(page, "Orders and fills", "0.20", "fill", "2.51", "200 ms");
        await Row(page, "Exits", "take profit 1", "filled", "2.56");
        await page.SeesAsync("code", ToldTrade.TraceId);
        var link = await page.Of("a", "open in the dashboard").GetAttributeAsync("href");
        Assert.Equal("http://127.0.0.1:15100/traces/detail/" + ToldTrade.TraceId, link);
        await Axe.JudgeAsync(page.Page, "why this trade");
        await page.Page.SetViewportSizeAsync(390, 844);
        Assert.InRange(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 390);
        await page.GoAsync("journal/intent-2");
        await Row(page, "Risk gates", "market stale", "the last price is 12000 ms old", "✕ closed");
        await page.SeesAsync("[aria-label='What the model saw'], [aria-label='Orders and fills']", "No order was sent");
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task What_it_caused_of_another_symbol_is_another_trade_and_its_own_symbol_is_named()
    {
        using var redis = new OwnRedis();
        var told = new ToldTrade(redis);
        told.Fill();
        told.FillNext();
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "journal/" + ToldTrade.Id);
        await page.SeesAsync("[aria-label='What became of it']", LiveSystem.Symbol);
        await page.SeesAsync("[aria-label='Orders and fills'] header", "2 orders");
        await Assertions.Expect(page.Of("main")).Not.ToContainTextAsync("BTCUSDT");
        // What names no symbol belongs to all that led to it.
        await page.SeesAsync(".story li", "portfolio.snapshot_updated");
        await page.GoAsync("journal/intent-9");
        await page.SeesAsync("[aria-label='Orders and fills'] tr", "entry-9");
        await Assertions.Expect(page.Of("main")).Not.ToContainTextAsync("entry-1");
        Assert.Empty(page.Faults);
    }

    [BrowserFact]
    public async Task A_closed_gate_tells_when_it_last_closed_and_with_which_figures()
    {
        using var redis = new OwnRedis();
        redis.Call("HSET", "quantum:topology", "system", "quantum", "mode", "paper", "shards", "1", "time", "real");
        redis.Call("HSET", "quantum:counts:trading_bot", "signal_without_intent/low_confidence/NEARUSDT", "12",
            "signal_without_intent/cooldown/NEARUSDT", "3", "signal_without_intent/cooldown/BTCUSDT", "5");
        // What went well was put aside by nobody.
        redis.Call("HSET", "quantum:counts:executor", "intent/filled/NEARUSDT", "7", "intent/stop_moved/NEARUSDT", "2");
        redis.Call("HSET", "quantum:counts:model_supervisor", "retraining/started/", "2", "retraining/completed/", "1");
        redis.Call("HSET", "quantum:reasons:trading_bot", "signal_without_intent/NEARUSDT", "1766219478937 cooldown",
            "signal_without_intent/cooldown/NEARUSDT", "1766219478937 12000 ms left, asked for: at most 0 ms left",
            "signal_without_intent/low_confidence/NEARUSDT", "1766219400000 0.54, asked for: at least 0.55",
            "signal_without_intent/cooldown/BTCUSDT", "1766219400000 77 ms left, asked for: at most 0 ms left");
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenAsync(console, "why-not");
        await page.SeesAsync("[aria-label=Gates] tr", "77 ms left");
        await page.Of(".tools select").First.SelectOptionAsync("NEARUSDT");
        await Assertions.Expect(page.Of("[role=region][aria-label=Gates] tbody tr")).ToHaveCountAsync(2);
        await Row(page, "Gates", "low_confidence", "12", "2025-12-20 08:30:00", "0.54, asked for: at least 0.55");
        await Row(page, "Gates", "cooldown", "3", "2025-12-20 08:31:18", "12000 ms left", "the last of all");
        Assert.Empty(page.Faults);
    }

    private static async Task Row(WatchedPage page, string table, string begins, params string[] parts)
    {
        var row = page.Of($"[role=region][aria-label='{table}'] tr", begins);
        foreach (var part in parts)
            await Assertions.Expect(row).ToContainTextAsync(part);
    }
}
