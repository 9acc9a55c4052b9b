using Microsoft.Playwright;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>
/// The pictures of docs/screens, put where <c>QUANTUM_SCREENS</c> names the folder, else into one that goes again.
/// </summary>
[Collection(nameof(LiveGroup))]
public sealed class ScreensTests(LiveSystem system) : IDisposable
{
    private const int Quality = 72;

    private const int LeastBytes = 5_000;

    private static readonly string? s_wanted = Environment.GetEnvironmentVariable("QUANTUM_SCREENS");

    private readonly string _folder = s_wanted is { } wanted
        ? Path.Combine(ServiceRun.Root, wanted) : Directory.CreateTempSubdirectory("quantum-screens-").FullName;

    public void Dispose()
    {
        if (s_wanted is null) Directory.Delete(_folder, recursive: true);
    }

    [BrowserFact]
    public async Task Every_screen_can_be_taken()
    {
        await system.PositionAsync();
        var wish = system.WishEntry();
        await PrepareAsync();
        foreach (var (name, path, width, height, isLight) in new (string, string, int, int, bool)[]
        {
            ("overview", "", 1280, 800, false), ("trade", "trade/" + LiveSystem.Symbol, 1280, 800, false),
            ("journal", "journal", 1280, 800, false), ("why-this-trade", "journal/" + wish, 1280, 800, false),
            ("why-not", "why-not", 1280, 800, true), ("results", "results", 1280, 1100, false),
            ("backtests", "backtests", 1280, 1000, true),
            ("policy", "policy", 1280, 800, true),
            ("health", "system", 1280, 800, false), ("phone", "", 390, 800, false),
        })
        {
            await using var page = await system.Browser!.OpenAsync(system.Console, path, width, height, isLight);
            if (path.Length == 0) await page.SeesAsync("tr", LiveSystem.Symbol);
            if (path == "backtests") await CompareAsync(page);
            await page.LiveAsync();
            await TakeAsync(page, name);
        }

        await TakeModelsAsync();
        await using var flow = await system.Browser!.OpenAsync(system.Console, "flow", 1280, 800);
        await flow.Of("button.halt").ClickAsync();
        await TakeAsync(flow, "stop");
        await flow.Page.Keyboard.PressAsync("Escape");
        system.Kill("executor");
        try
        {
            await flow.SeesAsync(".card.dead", "Executor", PageTests.SeatLimit);
            system.WishEntry();
            await flow.SeesAsync(".pill.dead", "intent");
            await TakeAsync(flow, "flow");
        }
        finally
        {
            await system.StartAgainAsync("executor");
        }

        await flow.SeesAsync(".alive.ok", "alive", PageTests.SeatLimit);
    }

    // What there is to see when a system has run for a while.
    private async Task PrepareAsync()
    {
        var nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (var (pnl, r, number) in ((string, string, int)[])
            [("14.2", "1.42", 1), ("-10.1", "-1.01", 2), ("6.3", "0.63", 3), ("-4.4", "-0.44", 4), ("21.7", "2.17", 5)])
            system.Call(Entries.Trade($"shown-{number}", nowMs - 60_000 + number * 10_000, pnl, r));
        await using var page = await system.Browser!.OpenAsync(system.Console, "backtests");
        foreach (var held in (string[])["900000", "1800000"])
        {
            await page.Of(".form input").First.FillAsync(LiveSystem.Symbol);
            await page.Of(".form textarea").FillAsync($"TradingBot:CooldownMs={held}");
            await page.Of("main button.primary").ClickAsync();
            await page.SeesAsync("main [role=alert]", "Started");
            await page.SeesAsync("[aria-label='Ended backtests'] tr", held, BacktestsTests.RunLimit);
        }
    }

    // Of a system that has learnt for longer than a test takes.
    private async Task TakeModelsAsync()
    {
        using var redis = new OwnRedis();
        LearntRedis.Fill(redis);
        using var console = await ServiceRun.StartAsync("console", $"ConnectionStrings:redis={redis.Connection}");
        await using var page = await system.Browser!.OpenAsync(console, "models", 1280, 1100);
        await page.SeesAsync(".panel", "Judges candles from");
        await TakeAsync(page, "models");
    }

    private static async Task CompareAsync(WatchedPage page)
    {
        var selects = page.Of("[aria-label=Ended] select");
        await selects.Nth(0).SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await selects.Nth(1).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Assertions.Expect(page.Of(".curve.result .line")).ToHaveCountAsync(2);
    }

    private async Task TakeAsync(WatchedPage page, string name)
    {
        var picture = await page.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(_folder, name + ".jpg"), Type = ScreenshotType.Jpeg, Quality = Quality,
        });
        Assert.True(picture.Length > LeastBytes, $"the picture of {name} has {picture.Length} bytes: nothing is on it");
    }
}
