using Microsoft.Playwright;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>The pictures of docs/screens, made where <c>QUANTUM_SCREENS</c> names the folder.</summary>
[Collection(nameof(LiveGroup))]
public sealed class ScreensTests(LiveSystem system)
{
    private const int Quality = 72;

    private static readonly string? s_folder = Environment.GetEnvironmentVariable("QUANTUM_SCREENS");

    [BrowserFact]
    public async Task Screens_are_taken_where_they_are_asked_for()
    {
        if (s_folder is null) return;
        system.WishEntry();
        foreach (var (name, path, width, height, isLight) in new (string, string, int, int, bool)[]
        {
            ("overview", "", 1280, 800, false), ("trade", "trade/" + LiveSystem.Symbol, 1280, 800, false),
            ("why-not", "why-not", 1280, 800, true), ("policy", "policy", 1280, 800, true),
            ("health", "system", 1280, 800, false), ("phone", "", 390, 800, false),
        })
        {
            await using var page = await system.Browser!.OpenAsync(system.Console, path, width, height, isLight);
            if (path.Length == 0) await page.SeesAsync("tr", LiveSystem.Symbol);
            await page.LiveAsync();
            await TakeAsync(page, name);
        }

        await using var flow = await system.Browser!.OpenAsync(system.Console, "flow", 1280, 800);
        await flow.Of("button.halt").ClickAsync();
        await TakeAsync(flow, "stop");
        await flow.Page.Keyboard.PressAsync("Escape");
        system.Kill("executor");
        await flow.SeesAsync(".card.dead", "Executor");
        system.WishEntry();
        await flow.SeesAsync(".pill.dead", "intent");
        await TakeAsync(flow, "flow");
        await system.StartAgainAsync("executor");
        await flow.SeesAsync(".alive.ok", "alive", TimeSpan.FromSeconds(40));
    }

    private static Task<byte[]> TakeAsync(WatchedPage page, string name) =>
        page.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(ServiceRun.Root, s_folder!, name + ".jpg"), Type = ScreenshotType.Jpeg,
            Quality = Quality,
        });
}
