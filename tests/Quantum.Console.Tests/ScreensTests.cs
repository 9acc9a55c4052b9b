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

    private async Task TakeAsync(WatchedPage page, string name)
    {
        var picture = await page.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(_folder, name + ".jpg"), Type = ScreenshotType.Jpeg, Quality = Quality,
        });
        Assert.True(picture.Length > LeastBytes, $"the picture of {name} has {picture.Length} bytes: nothing is on it");
    }
}
